"""Whether a budget stops: `python -m bench.budget_rush`, with tests on `PYTHONPATH`.

Many orders are credited at once through the real store, on an emulator of their own. Each wants
points of one campaign; together they may get its budget and not a point more.
"""

import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from bench.tables import Table
from earn.service import Receipt
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.domain.campaign import Effect
from loyalty.domain.orders import CustomerRef
from loyalty.domain.writes import AddCampaign
from support.campaigning import campaign
from support.emulated import EmulatedMall, running_emulator
from support.shop import Shop

app = typer.Typer(add_completion=False)
console = Console()

Orders = Annotated[int, typer.Option(min=1)]
Budget = Annotated[int, typer.Option(min=1)]
Tellers = Annotated[int, typer.Option(min=1, help="How many orders are under way at once.")]

BONUS, MEMBERS = 7, 500


@app.command()
def measure(orders: Orders = 20_000, budget: Budget = 10_000, tellers: Tellers = 32) -> None:
    """Let orders rush for a budget, and print what they got."""
    with tempfile.TemporaryDirectory() as folder, running_emulator(Path(folder)) as endpoint:
        mall = EmulatedMall(endpoint)
        mall.programmes.publish(ONE_YUAN_A_POINT)
        made = campaign("cmp_rush", Effect(bonus=BONUS), budget=budget)
        mall.store.commit([AddCampaign(made)])
        began = time.monotonic()
        receipts = _rush(mall, orders, tellers)
        seconds = time.monotonic() - began
        drawn = mall.campaigns.drawn(made)
    given = [receipt.points - 1 for receipt in receipts]
    Table(
        f"{orders} orders, {tellers} at once, for a budget of {budget} points",
        ["what", "number"],
        [
            ["credited", str(sum(receipt.status == "credited" for receipt in receipts))],
            ["points of the campaign", str(sum(given))],
            ["drawn from its shards", str(sum(drawn.values()))],
            ["shards", str(len(drawn))],
            ["the least and the most that a shard gave", _span(list(drawn.values()))],
            ["orders that got the remainder", str(sum(0 < it < BONUS for it in given))],
            ["orders a second", f"{Decimal(orders) / Decimal(seconds):.0f}"],
        ],
    ).show(console)
    assert sum(given) == sum(drawn.values()) == min(budget, orders * BONUS)


def _span(numbers: list[int]) -> str:
    return f"{min(numbers)} – {max(numbers)}"


def _rush(mall: EmulatedMall, orders: int, tellers: int) -> list[Receipt]:
    with Progress(console=console) as bar, ThreadPoolExecutor(tellers) as pool:
        task = bar.add_task("orders credited", total=orders)

        def pay(number: int) -> Receipt:
            receipt = Shop(mall, CustomerRef(f"member-{number % MEMBERS}")).pays(f"A{number}", 1)
            bar.advance(task)
            return receipt

        return list(pool.map(pay, range(orders)))


if __name__ == "__main__":
    app()
