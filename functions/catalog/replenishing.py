"""What a stock tells of the days to come: how long it lasts, what to order, what stays. Pure.

Demand is what was redeemed in the last thirty days, on those of them on which there was something
to redeem: an item that was sold out for three weeks is not wanted less for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from math import ceil, floor

from loyalty.domain.item import Item, Stock

WINDOW_DAYS = 30
LONG_SOLD_OUT = timedelta(hours=72)
_NEVER = 10**9


class Flag(StrEnum):
    """What an operator should look at."""

    SOLD_OUT = "sold-out"
    LONG_SOLD_OUT = "sold-out-long"
    LOW_STOCK = "low-stock"
    SHORT_COVER = "short-cover"
    SLOW_MOVER = "slow-mover"


@dataclass(frozen=True, slots=True)
class Plan:
    """For how many days stock should last, how many pass until an order arrives, and the day."""

    today: date
    now: datetime
    cover_days: int
    lead_days: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """An item's stock, and what it tells; ``days_of_cover`` is None where nothing is redeemed."""

    item: Item
    stock: Stock
    redeemed: int
    per_day: Decimal
    days_of_cover: int | None
    reorder: int
    sold_out_since: datetime | None
    flags: tuple[Flag, ...]

    @property
    def urgency(self) -> int:
        """How many days are left to act: lower comes first."""
        return _NEVER if self.days_of_cover is None else self.days_of_cover


def outlook(item: Item, stock: Stock, created_on: date, plan: Plan) -> Outlook:
    """Return what an item's stock tells."""
    sold_out_since = (stock.last_taken_at or item.created_at) if stock.on_hand <= 0 else None
    begin = max(created_on, plan.today - timedelta(days=WINDOW_DAYS - 1))
    redeemed = sum(pieces for day, pieces in stock.taken.items() if begin <= day <= plan.today)
    last = max((day for day in stock.taken if day <= plan.today), default=plan.today)
    end = last if sold_out_since else plan.today
    per_day = Decimal(redeemed) / max(1, (end - begin).days + 1)
    wanted = ceil(per_day * (plan.cover_days + plan.lead_days))
    shown = Outlook(
        item=item,
        stock=stock,
        redeemed=redeemed,
        per_day=per_day,
        days_of_cover=floor(max(0, stock.on_hand) / per_day) if redeemed else None,
        reorder=max(0, wanted - stock.on_hand),
        sold_out_since=sold_out_since,
        flags=(),
    )
    is_new = begin == created_on and (plan.today - begin).days < WINDOW_DAYS - 1
    return replace(shown, flags=tuple(_flags(shown, plan, is_new=is_new)))


def _flags(shown: Outlook, plan: Plan, *, is_new: bool) -> Iterator[Flag]:
    on_hand, low = shown.stock.on_hand, shown.item.low_stock_at
    if shown.sold_out_since:
        yield Flag.SOLD_OUT
        if plan.now - shown.sold_out_since >= LONG_SOLD_OUT:
            yield Flag.LONG_SOLD_OUT
        return
    if low is not None and on_hand <= low:
        yield Flag.LOW_STOCK
    if shown.days_of_cover is not None and shown.days_of_cover < plan.cover_days:
        yield Flag.SHORT_COVER
    if not shown.redeemed and not is_new:
        yield Flag.SLOW_MOVER
