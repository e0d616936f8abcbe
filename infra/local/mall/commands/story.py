"""`mall demo`: the main job, told in the terminal."""

import typer

from mall.demo.story import tell
from mall.places import Places
from mall.stack_file import Stack
from mall.terminal import console

app = typer.Typer()


@app.command()
def demo() -> None:
    """Play the main job over HTTP: earn, redeem, review, refund, expire."""
    tell(Stack.read(Places.of_this_machine().stack_file), console)
