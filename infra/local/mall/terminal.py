"""The terminal: one console for answers, and how failures look."""

from typing import Any

import httpx
import typer
from botocore.exceptions import EndpointConnectionError
from rich.console import Console
from rich.markup import escape
from typer.core import TyperGroup

from mall.errors import MallError

console = Console(highlight=False)
complaints = Console(stderr=True, highlight=False)


class FriendlyGroup(TyperGroup):
    """A group of commands whose failures are words, not tracebacks."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; what a person can mend is told, anything else stays a traceback."""
        try:
            return super().invoke(ctx)
        except MallError as error:
            complain(error)
        except (httpx.ConnectError, EndpointConnectionError):
            complain(MallError("The mall does not answer.", "Bring it up: make up"))
        raise typer.Exit(1)


def complain(error: MallError) -> None:
    """Say what went wrong and what helps, apart from what a script may read."""
    complaints.print(f"[red]{escape(error.message)}[/red]", soft_wrap=True)
    if error.remedy:
        complaints.print(escape(error.remedy), soft_wrap=True)
