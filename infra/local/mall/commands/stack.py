"""`mall up`, `down`, `status`, `layer`: the stack itself."""

import shutil
from typing import Annotated

import typer
from rich.table import Table

from mall import layer
from mall.bring_down import bring_down
from mall.bring_up import Wish, bring_up
from mall.emulator import Emulator
from mall.places import Places
from mall.processes import memory_bytes
from mall.progress import ConsoleProgress
from mall.stack_file import Stack
from mall.terminal import console

DEFAULT_PORT = 4566

app = typer.Typer()

Port = Annotated[int, typer.Option(envvar="MALL_PORT", help="The port of the local AWS.")]
Auth = Annotated[bool, typer.Option("--auth", help="Enforce the functions' IAM roles.")]
Stage = Annotated[str, typer.Option(hidden=True)]
Wipe = Annotated[bool, typer.Option("--wipe", help="Forget all that it holds.")]


@app.command()
def up(port: Port = DEFAULT_PORT, auth: Auth = False, stage: Stage = "local") -> None:
    """Start the mall, or bring a running one to the project's present state."""
    places = Places.of_this_machine()
    stack = bring_up(places, Wish(port, auth, stage), ConsoleProgress(console))
    _show(stack, places)


@app.command()
def down(wipe: Wipe = False) -> None:
    """Stop the mall; what it holds is kept for the next time."""
    places = Places.of_this_machine()
    with console.status("Finishing what is under way …"):
        stopped = bring_down(places)
    console.print("The mall is stopped." if stopped else "The mall was not running.")
    if wipe:
        shutil.rmtree(places.state, ignore_errors=True)
        console.print("What it held is forgotten.")


@app.command()
def status() -> None:
    """Say whether the mall runs, and where."""
    places = Places.of_this_machine()
    process = Emulator(places, DEFAULT_PORT).process
    if process is None:
        console.print("The mall is not running. Start it: make up")
        raise typer.Exit(1)
    megabytes = memory_bytes(process) // 1_000_000
    console.print(f"The mall runs: process {process.pid}, {megabytes} MB with its functions.")
    _show(Stack.read(places.stack_file), places)


@app.command(name="layer")
def build_layer() -> None:
    """Build the layer of third-party packages for this machine."""
    with ConsoleProgress(console).step("Building the layer of third-party packages"):
        layer.build_for_this_machine(Places.of_this_machine())


def _show(stack: Stack, places: Places) -> None:
    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_row("API", stack.api)
    table.add_row("Members", ", ".join(n for n, u in stack.users.items() if u.role == "member"))
    table.add_row("Operators", ", ".join(n for n, u in stack.users.items() if u.role != "member"))
    table.add_row("Passwords, secrets, names", str(places.stack_file))
    table.add_row("Log", str(places.log))
    console.print(table)
    console.print("\nSign in as anybody, for example:", style="dim")
    console.print(
        f'  curl -H "Authorization: Bearer $(.venv/bin/mall token lin)" {stack.api}/v1/me/points',
        soft_wrap=True,
        markup=False,
    )
