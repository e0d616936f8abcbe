"""`mall reconcile`: whether accounts are what their entries make them."""

from collections.abc import Sequence
from typing import Annotated
from uuid import uuid4

import typer
from rich.markup import escape
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn, track
from rich.table import Table

from mall.api_client import client
from mall.errors import MallError
from mall.mall_of_stack import MallOfStack
from mall.moving.door import Door
from mall.places import Places
from mall.reconciling import reconcile_all
from mall.signing_in import access_token
from mall.stack_file import Stack
from mall.terminal import console
from member.reconciling import Reconciliation, show_reconciliation

app = typer.Typer()

Member = Annotated[str, typer.Option(help="Only this member, by id or by the stack's name.")]
Rebuild = Annotated[
    str, typer.Option(metavar="REASON", help="Make those anew that differ, as the admin.")
]


@app.command()
def reconcile(member: Member = "", rebuild: Rebuild = "") -> None:
    """Compare accounts with their entries; exit code 1 if any differs."""
    stack = Stack.read(Places.of_this_machine().stack_file)
    mall = MallOfStack(stack)
    if member:
        user = stack.users.get(member)
        found = [show_reconciliation(mall, (user and user.member_id) or member)]
    else:
        found = _all(mall)
    differing = [account for account in found if account.differences]
    entries = sum(account.rebuilt.entries for account in found)
    if differing:
        console.print(_table(differing))
        console.print(f"[red]{len(differing)} of {len(found)} accounts differ.[/red]")
        if not rebuild:
            console.print("What to do: docs/operations.md, AccountsThatDifferAlarm")
            raise typer.Exit(1)
        _rebuild(stack, differing, rebuild)
        return
    console.print(f"[green]{len(found)} accounts[/green] are what their {entries} entries make.")


def _rebuild(stack: Stack, differing: Sequence[Reconciliation], reason: str) -> None:
    with client(stack.api, access_token(stack, "admin")) as http:
        for account in track(differing, "Rebuilding", console=console, transient=True):
            path = f"/v1/admin/members/{account.member_id}/rebuild"
            now = Door(http).post(path, {"reason": reason}, key=uuid4().hex)
            if not now["is_equal"]:
                raise MallError(f"{account.member_id} still differs.", "See: mall logs MemberApi")
    console.print(f"[green]{len(differing)} accounts were rebuilt[/green] from their entries.")


def _all(mall: MallOfStack) -> list[Reconciliation]:
    found: list[Reconciliation] = []
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Comparing accounts with their entries", total=None)

        def seen(some: Sequence[Reconciliation]) -> None:
            found.extend(some)
            progress.update(task, description=f"{len(found)} accounts compared")

        reconcile_all(mall, seen)
    return found


def _table(differing: Sequence[Reconciliation]) -> Table:
    table = Table("member", "what", "the account says", "its entries say")
    for account in sorted(differing, key=lambda one: one.member_id):
        for one in account.differences:
            table.add_row(escape(account.member_id), one.what, str(one.stored), str(one.rebuilt))
    return table
