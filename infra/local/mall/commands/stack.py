"""`mall up`, `down`, `status`, `layer`: the stack itself."""

import shutil
from typing import Annotated

import typer

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
MEMBER = "member"

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
    members = [name for name, user in stack.users.items() if user.role == MEMBER]
    facts = {
        "API": stack.api,
        "Members": ", ".join(members),
        "Operators": ", ".join(name for name in stack.users if name not in members),
        "Passwords, secrets, names": str(places.stack_file),
        "Log": str(places.log),
    }
    for name, fact in facts.items():
        _print(f"[bold]{name:<26}[/bold] {fact}")
    _print("\n[dim]Sign in as anybody, for example:[/dim]")
    _print(
        f'  curl -H "Authorization: Bearer $(.venv/bin/mall token lin)" {stack.api}/v1/me/points'
    )


def _print(line: str) -> None:
    console.print(line, soft_wrap=True)  # addresses stay whole, to be copied
