"""What the person at the terminal sees while something takes its time."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from rich.console import Console


class Progress(Protocol):
    """Tells of the steps of a longer work."""

    def step(self, title: str) -> AbstractContextManager[None]:
        """Announce a step; it is done when the block ends."""
        ...


class SilentProgress:
    """Says nothing: for tests."""

    @contextmanager
    def step(self, title: str) -> Iterator[None]:  # noqa: ARG002 (not told)
        """Do the step without a word."""
        yield


class ConsoleProgress:
    """A spinner while a step runs, and a line with its time once it is done."""

    def __init__(self, console: Console) -> None:
        self._console = console

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Show the step; a failing one keeps its line, marked."""
        began = time.monotonic()
        mark = "[red]✗[/red]"
        try:
            with self._console.status(f"{title} …"):
                yield
            mark = "[green]✓[/green]"
        finally:
            seconds = time.monotonic() - began
            self._console.print(f"{mark} {title} [dim]{seconds:.1f} s[/dim]")
