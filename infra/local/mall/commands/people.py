"""`mall token`, `sweep`: acting as somebody, or as the clock."""

import typer

from mall.places import Places
from mall.progress import ConsoleProgress
from mall.signing_in import access_token
from mall.stack_file import Stack
from mall.sweeping import sweep as sweep_now
from mall.terminal import console

app = typer.Typer()


@app.command()
def token(user: str) -> None:
    """Print an access token of a user, or of the merchant's system `shop`, and nothing else."""
    typer.echo(access_token(Stack.read(Places.of_this_machine().stack_file), user))


@app.command()
def sweep() -> None:
    """Run the hourly schedules now: expiry, and orders that nothing moves on."""
    stack = Stack.read(Places.of_this_machine().stack_file)
    with ConsoleProgress(console).step("Sweeping for the clock's day"):
        sweep_now(stack)
