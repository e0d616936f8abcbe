"""`mall import`, `mall export`: balances in from a file, balances and entries out into one."""

from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from mall.api_client import client
from mall.errors import MallError
from mall.moving import importing
from mall.moving.door import Door
from mall.moving.exporting import PARTS, export_balances, export_entries
from mall.moving.importing import Importing, Tally
from mall.moving.sheet import Sheet
from mall.places import Places
from mall.signing_in import access_token
from mall.stack_file import Stack
from mall.terminal import complaints, console

app = typer.Typer()

SHOWN = 50
"""Refused lines that are told one by one."""


class What(StrEnum):
    """What can be exported."""

    BALANCES = "balances"
    ENTRIES = "entries"


File = Annotated[Path | None, typer.Argument(help="CSV; docs/how-to/move-in.md tells its columns.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Say what would happen; do nothing.")]
Id = Annotated[str, typer.Option("--id", help="The import's id; else made of the file's content.")]
Undo = Annotated[str, typer.Option("--undo", help="Take the import of this id back.")]
Reason = Annotated[str, typer.Option(help="Why; kept in the audit.")]
Create = Annotated[bool, typer.Option("--create", help="Unknown member ids become members.")]
Skip = Annotated[bool, typer.Option("--skip-errors", help="Import the others of a wrong file.")]
Api = Annotated[str, typer.Option(envvar="MALL_API", help="Another mall than this machine's.")]
Token = Annotated[str, typer.Option(envvar="MALL_TOKEN", help="An admin's token there.")]


@app.command(name="import")
def import_balances(
    file: File = None,
    dry_run: DryRun = False,
    import_id: Id = "",
    undo: Undo = "",
    reason: Reason = "Moving in",
    create: Create = False,
    skip_errors: Skip = False,
    api: Api = "",
    token: Token = "",
) -> None:
    """Bring balances in from another system, each line once; or take an import back."""
    if bool(undo) is bool(file):
        raise MallError("Name a file, or an import by --undo.", "See: mall import --help")
    with _door(api, token) as door:
        if file is None:
            _undo(door, undo, reason)
            return
        sheet = Sheet(file)
        work = Importing(door, sheet, import_id or sheet.import_id, create)
        _import(work, reason, dry_run=dry_run, skips=skip_errors)


@app.command()
def export(
    what: What,
    file: Annotated[Path, typer.Argument(help="Where to write; what stands there is replaced.")],
    since: Annotated[str, typer.Option("--from", help="Entries recorded from this instant.")] = "",
    until: Annotated[str, typer.Option("--to", help="Entries recorded before this one.")] = "",
    api: Api = "",
    token: Token = "",
) -> None:
    """Write what everybody has, or everything that happened, as CSV."""
    span = {name: at for name, at in (("from", since), ("to", until)) if at}
    if span and what is What.BALANCES:
        raise MallError("Balances are those of now: --from and --to are for entries.")
    with (
        _door(api, token) as door,
        file.open("w", encoding="utf-8", newline="") as sheet,
        _bar("parts") as progress,
    ):
        task = progress.add_task(f"Exporting {what}", total=PARTS)

        def seen(rows: int, parts: int) -> None:
            progress.update(task, advance=parts, description=f"{rows} {what} exported")

        if what is What.BALANCES:
            rows = export_balances(door, sheet, seen)
        else:
            rows = export_entries(door, sheet, seen, span)
    console.print(f"[green]{rows} rows[/green] written to {escape(str(file))}.")


def _import(work: Importing, reason: str, *, dry_run: bool, skips: bool) -> None:
    total = sum(1 for _ in work.sheet.lines())
    console.print(f"Import [bold]{escape(work.import_id)}[/bold]: {total} lines")
    with _bar("lines") as progress:
        task = progress.add_task("Trying", total=total)
        tried = work.check(lambda lines: progress.advance(task, lines))
    _show(tried, "would be imported")
    if dry_run or (tried.refused and not skips):
        if not dry_run:
            console.print("[red]Nothing was imported.[/red] Mend the lines, or --skip-errors.")
        raise typer.Exit(1 if tried.refused else 0)
    with _bar("lines") as progress:
        task = progress.add_task("Importing", total=total)
        done = work.run(reason, lambda lines: progress.advance(task, lines))
    _show(done, "imported")
    if done.refused and not skips:
        raise typer.Exit(1)


def _show(tally: Tally, did: str) -> None:
    if tally.refused:
        table = Table("line", "why not")
        for number, message in tally.refused[:SHOWN]:
            table.add_row(str(number), escape(message))
        console.print(table)
        if len(tally.refused) > SHOWN:
            console.print(f"… and {len(tally.refused) - SHOWN} more.")
    refused = f", [red]{len(tally.refused)} refused[/red]" if tally.refused else ""
    before = f", {tally.already} were before" if tally.already else ""
    console.print(
        f"[green]{tally.imported} lines {did}[/green], {tally.points:,} points{before}{refused}."
    )


def _undo(door: Door, import_id: str, reason: str) -> None:
    lines = taken = missing = 0
    with console.status(f"Taking {escape(import_id)} back …") as status:
        for report in importing.undo(door, import_id, reason):
            lines += len(report["items"])
            taken += report["taken_back"]
            missing += report["missing"]
            status.update(f"{lines} lines taken back …")
    console.print(f"{lines} lines undone: [green]{taken:,} points taken back[/green].")
    if missing:
        console.print(f"[yellow]{missing:,} points were spent, or have lapsed, before.[/yellow]")


@contextmanager
def _door(api: str, token: str) -> Iterator[Door]:
    if not (api and token):
        stack = Stack.read(Places.of_this_machine().stack_file)
        api, token = stack.api, access_token(stack, "admin")
    with client(api, token) as http:
        yield Door(http)


def _bar(what: str) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(what),
        TimeRemainingColumn(),
        console=complaints,
        transient=True,
    )
