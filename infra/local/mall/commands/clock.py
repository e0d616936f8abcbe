"""`mall clock`: the time that the stack believes in."""

from zoneinfo import ZoneInfo

import typer

from mall.places import Places
from mall.stack_file import Stack
from mall.terminal import console
from mall.travel import Clock, parse_instant

app = typer.Typer(help="Show the stack's clock; set it, or reset it to real time.")


@app.callback(invoke_without_command=True)
def show(ctx: typer.Context) -> None:
    """Show the stack's clock; set it, or reset it to real time."""
    if ctx.invoked_subcommand is None:
        _print(Stack.read(Places.of_this_machine().stack_file))


@app.command(name="set")
def set_clock(instant: str) -> None:
    """Make it INSTANT now: 2027-01-01, or 2026-12-31T16:00:00Z. Time goes on from there."""
    stack = Stack.read(Places.of_this_machine().stack_file)
    Clock(stack).set(parse_instant(instant, stack.programme.time_zone))
    _print(stack)


@app.command()
def reset() -> None:
    """Go back to real time."""
    stack = Stack.read(Places.of_this_machine().stack_file)
    Clock(stack).reset()
    _print(stack)


def _print(stack: Stack) -> None:
    clock = Clock(stack)
    offset, now = clock.offset(), clock.now()
    local = now.astimezone(ZoneInfo(stack.programme.time_zone))
    ahead = f"{offset} from real time" if offset else "real time"
    console.print(
        f"{now:%Y-%m-%dT%H:%M:%SZ}  ({local:%Y-%m-%d %H:%M} in the programme; {ahead})",
        soft_wrap=True,
    )
