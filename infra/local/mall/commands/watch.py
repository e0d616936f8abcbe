"""`mall mails`, `logs`: what the stack sent and said."""

from typing import Annotated

import typer
from rich.markup import escape
from rich.panel import Panel

from mall.function_logs import recent_lines
from mall.places import Places
from mall.post import sent_mails
from mall.stack_file import Stack
from mall.terminal import console

app = typer.Typer()

To = Annotated[str, typer.Option(help="Only those to this address, or to this user.")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
Minutes = Annotated[int, typer.Option(help="How far back to look.")]


@app.command()
def mails(to: To = "", as_json: AsJson = False) -> None:
    """Show the mails that the stack sent; none leaves this machine."""
    stack = Stack.read(Places.of_this_machine().stack_file)
    address = stack.users[to].email if to in stack.users else to
    found = [mail for mail in sent_mails(stack) if not to or address in mail.recipients]
    for mail in found:
        if as_json:
            typer.echo(mail.model_dump_json())
            continue
        heading = f"{mail.sent_at:%Y-%m-%d %H:%M:%SZ}  {mail.sender} → {', '.join(mail.recipients)}"
        body = f"[bold]{escape(mail.subject)}[/bold]\n\n{escape(mail.text or '')}"
        console.print(Panel(body, title=escape(heading), title_align="left"))
    if not found and not as_json:
        console.print("No mails yet.")


@app.command()
def logs(function: str, minutes: Minutes = 10) -> None:
    """Show what a function said lately: `mall logs WebhookFunction`, or `mall logs webhook`."""
    stack = Stack.read(Places.of_this_machine().stack_file)
    for line in recent_lines(stack, function, minutes):
        typer.echo(line)
