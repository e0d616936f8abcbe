"""`mall audit verify`: whether anybody has changed what operators did."""

import typer
from rich.markup import escape
from rich.table import Table

from insight.sealing import verify_trail
from mall.mall_of_stack import MallOfStack
from mall.places import Places
from mall.stack_file import Stack
from mall.terminal import console

app = typer.Typer(help="What operators did, and whether anybody has changed it.")


@app.callback()
def audit() -> None:
    """What operators did, and whether anybody has changed it."""


@app.command()
def verify() -> None:
    """Compute the audit's chain anew; exit code 1 if anything does not fit."""
    mall = MallOfStack(Stack.read(Places.of_this_machine().stack_file))
    with console.status("Computing the audit's chain anew …"):
        found = verify_trail(mall)
    if found.findings:
        table = Table("what", "where", "on", "act")
        for one in found.findings:
            table.add_row(one.what, one.where, escape(one.subject), one.act_id)
        console.print(table)
        console.print(f"[red]{len(found.findings)} things do not fit.[/red]")
        console.print("What to do: docs/operations.md, the audit's chain")
        raise typer.Exit(1)
    console.print(f"[green]{found.sealed} sealed acts[/green] stand as they were sealed.")
    if found.anchor:
        console.print(f"Anchor of {found.anchor.day}: {found.anchor.seal}")
