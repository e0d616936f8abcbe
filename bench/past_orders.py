"""How long a campaign takes on past orders: `python -m bench.past_orders --orders 100000`.

A made-up season is reckoned as live orders are, its entries are kept in memory, and then a draft
with a budget and a cap for each member is let loose on it, as `mall simulate` does it.
"""

import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from bench.tables import Table
from earn.campaigns.simulating import simulate_campaign
from earn.grants import reckon
from earn.rules import Scene
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Kind
from loyalty.domain.buyer import Buyer
from loyalty.domain.campaign import Campaign, Effect, Terms
from loyalty.domain.campaign_reach import Scope
from loyalty.domain.campaign_window import Window
from loyalty.domain.entry import Entry, EntryKey
from loyalty.domain.orders import ZERO, CustomerRef, OrderLine, OrderPaid, Purchase
from loyalty.domain.writes import AddCampaign, AddEntry
from mall.seeds.programme import DEMONSTRATION

app = typer.Typer(add_completion=False)
console = Console()

FIRST, DAYS, MEMBERS = date(2026, 8, 1), 90, 5_000
CATEGORIES = ("tea", "cups", "basics", "new-arrivals")
Orders = Annotated[int, typer.Option(min=1, help="How many orders the season has.")]


@app.command()
def measure(orders: Orders = 100_000) -> None:
    """Credit a season, let a campaign loose on it, and print how long each takes."""
    mall = MemoryMall(replace(DEMONSTRATION, version=1))
    draft = _draft()
    mall.store.commit([AddCampaign(draft)])
    columns = (TextColumn("{task.description:>16}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console) as bar:
        task = bar.add_task("orders made up", total=orders)
        began = time.monotonic()
        for number, paid in enumerate(_season(orders), 1):
            mall.store.commit([AddEntry(_entry(paid))])
            bar.update(task, completed=number)
        credited = time.monotonic()
        task = bar.add_task("orders read", total=None)
        found = simulate_campaign(
            mall,
            draft.campaign_id,
            FIRST,
            FIRST + timedelta(days=DAYS),
            progress=lambda what, done, of: bar.update(
                task, description=what, completed=done, total=of
            ),
        )
        simulated = time.monotonic()
    total = found.total
    Table(
        f"A campaign on {total.orders} past orders of {DAYS} days",
        ["what", "seconds", "orders a second", "points"],
        [
            _row("reckoned and kept", credited - began, orders, total.issued),
            _row("simulated", simulated - credited, orders, total.simulated),
            ["given by the campaign", "", "", str(total.points[draft.campaign_id])],
            ["left of its budget", "", "", str(found.budget_left)],
        ],
    ).show(console)


def _entry(paid: OrderPaid) -> Entry:
    purchase, at = paid.purchase, paid.occurred_at
    scene = Scene(Buyer("silver", tags=("tea",)))
    reckoning = reckon(purchase, at, DEMONSTRATION, at, scene)
    return Entry(
        key=EntryKey(f"order:standard:{purchase.order_id}", "paid"),
        member_id=purchase.customer.member_id,
        kind=Kind.EARN,
        occurred_at=at,
        recorded_at=at,
        reason="purchase",
        actor="shop:standard",
        lots={reckoning.grant.lot: reckoning.grant.points},
        reference=purchase.order_id,
        programme_version=DEMONSTRATION.version,
        explanation=reckoning.explanation,
    )


def _row(what: str, seconds: float, orders: int, points: int) -> list[str]:
    return [what, f"{seconds:.1f}", f"{orders / seconds:.0f}", str(points)]


def _draft() -> Campaign:
    window = Window(FIRST, FIRST + timedelta(days=DAYS), weekdays=(5, 6, 7))
    terms = Terms(
        {"zh": "周末茶", "en": "Tea at weekends"},
        window,
        Effect(multiplier=Decimal(3)),
        scope=Scope(categories=("tea",)),
        per_member=2_000,
        budget=2_000_000,
    )
    return Campaign("cmp_bench", terms, datetime(2026, 7, 1, tzinfo=UTC))


def _season(orders: int) -> list[OrderPaid]:
    """Return the season's orders in their order; the same ones each time."""
    dice = Random(2026)  # noqa: S311 # a made-up season, not a secret
    begins = datetime.combine(FIRST, datetime.min.time(), UTC)
    step = timedelta(days=DAYS) / orders
    return [_order(dice, number, begins + number * step) for number in range(orders)]


def _order(dice: Random, number: int, at: datetime) -> OrderPaid:
    lines = tuple(
        OrderLine(
            f"SKU-{dice.randrange(300):03}",
            dice.choice(CATEGORIES),
            dice.randint(1, 3),
            Decimal(dice.randrange(500, 50_000)) / 100,
        )
        for _ in range(dice.randint(1, 4))
    )
    who = CustomerRef(f"member-{dice.randrange(MEMBERS)}")
    return OrderPaid(Purchase(f"A{number}", who, "CNY", lines, ZERO, ZERO, ZERO, at), at)


if __name__ == "__main__":
    app()
