"""The command line `mall`. One module of `mall.commands` per group of commands."""

import typer

from mall.commands import (
    audit,
    books,
    campaigns,
    clock,
    moving,
    openapi,
    people,
    stack,
    story,
    watch,
)
from mall.terminal import FriendlyGroup

app = typer.Typer(
    name="mall",
    help="The whole mall on this machine.",
    cls=FriendlyGroup,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_show_locals=False,
)
for group in (stack, people, books, campaigns, moving, watch, story, openapi):
    app.add_typer(group.app)
app.add_typer(clock.app, name="clock")
app.add_typer(audit.app, name="audit")
