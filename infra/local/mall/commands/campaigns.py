"""`mall simulate`: what a campaign would have done on past days, however long the ledger is."""

from datetime import datetime
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from earn.campaigns.simulating import simulate_campaign
from earn.campaigns.simulation import Simulation
from loyalty.domain.errors import NotFound
from mall.errors import MallError
from mall.mall_of_stack import MallOfStack
from mall.places import Places
from mall.stack_file import Stack
from mall.terminal import console

app = typer.Typer()

Campaign = Annotated[str, typer.Argument(help="The campaign's id, cmp_…; a draft will do.")]
First = Annotated[datetime, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day.")]
Last = Annotated[datetime, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day.")]


@app.command()
def simulate(campaign_id: Campaign, first: First, last: Last) -> None:
    """Let a campaign loose on past days, by the functions of live earning."""
    mall = MallOfStack(Stack.read(Places.of_this_machine().stack_file))
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task("orders read", total=None)

        def told(what: str, done: int, of: int | None) -> None:
            bar.update(task, description=what, completed=done, total=of)

        try:
            found = simulate_campaign(mall, campaign_id, first.date(), last.date(), progress=told)
        except NotFound as none:
            raise MallError(str(none), "Its id stands in GET /v1/admin/campaigns.") from none
    console.print(table_of(found))
    left = found.budget_left
    if left is not None:
        console.print(f"Left of the budget: {left} points.")


def table_of(found: Simulation) -> Table:
    """Return a simulation by day and by campaign."""
    total = found.total
    campaigns = sorted(total.points)
    table = Table("day", "orders", "earned", "simulated", *campaigns)
    for column in table.columns[1:]:
        column.justify = "right"
    rows = [(day.isoformat(), found.days[day]) for day in sorted(found.days)]
    for name, day in [*rows, ("in all", total)]:
        points = [str(day.points[it]) for it in campaigns]
        table.add_row(name, str(day.orders), str(day.issued), str(day.simulated), *points)
    return table
