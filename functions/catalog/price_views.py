"""How an item's prices are shown."""

from decimal import Decimal
from typing import Literal

from loyalty.api.schema import Instant, Schema
from loyalty.domain.item import Item


class PointsOption(Schema):
    """To pay for an item with points alone."""

    option: Literal["points"]
    points: int


class CashOptionView(Schema):
    """To pay for an item with points and money."""

    option: Literal["points_cash"]
    points: int
    cash: str
    currency: str


ItemOption = PointsOption | CashOptionView


def options_of(item: Item) -> list[ItemOption]:
    """Return the ways to pay for an item."""
    options: list[ItemOption] = [PointsOption(option="points", points=item.points)]
    if (cash := item.cash_option) is not None:
        money = f"{Decimal(cash.cash):.2f}"
        shown = CashOptionView(
            option="points_cash", points=cash.points, cash=money, currency=cash.currency
        )
        options.append(shown)
    return options


class LimitedPriceView(Schema):
    """``percent`` of the price from one instant up to another."""

    percent: int
    starts_at: Instant
    ends_at: Instant


class BundleView(Schema):
    """``pieces`` together cost ``points``."""

    pieces: int
    points: int
