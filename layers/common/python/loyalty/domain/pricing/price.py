"""The one price of an order, and the lines that explain it.

The list price comes first: of the points, or of the points and the money beside them. What is for
points alone may then cost the member's tier less, and a bundle less again. Last comes the better
one of limited price and members' day; percentages do not multiply. Points are rounded down
(but not below one), money up to its cent: so each part of an order has something to pay.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_UP, Decimal

from loyalty.domain.item import Item, Text
from loyalty.domain.pricing.members_day import MembersDay
from loyalty.domain.pricing.offers import CASH_OPTION
from loyalty.domain.pricing.shopper import Shopper

CENT = Decimal("0.01")
FULL = 100
"""Percent of a price that nothing makes less."""

LABELS: dict[str, Text] = {
    "tier-price": {"zh": "会员等级价", "en": "Tier price"},
    "bundle": {"zh": "组合价", "en": "Bundle"},
    "limited-price": {"zh": "限时价", "en": "Limited-time price"},
    "members-day": {"zh": "会员日", "en": "Members' day"},
}


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One line: why (a slug, and in words), and what it adds or takes off."""

    reason: str
    label: Text
    points: int
    cash: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Price:
    """What an order costs: the sum of its lines. ``cash`` is None where nothing is paid in money.

    ``ends_at``: when a limited price that is part of it ends.
    """

    lines: tuple[PriceLine, ...]
    currency: str | None = None
    ends_at: datetime | None = None

    @property
    def points(self) -> int:
        """All points."""
        return sum(line.points for line in self.lines)

    @property
    def cash(self) -> Decimal | None:
        """All money."""
        if self.currency is None:
            return None
        return sum((line.cash for line in self.lines if line.cash is not None), Decimal(0))


@dataclass(frozen=True, slots=True)
class Moment:
    """When a price is asked for, and which of the programme's days are members' days."""

    now: datetime
    today: date
    members_day: MembersDay | None = None


def price_of(item: Item, quantity: int, option: str, moment: Moment, shopper: Shopper) -> Price:
    """Return what some pieces of an item cost somebody at a moment.

    The option is one that the item has.
    """
    lines: tuple[PriceLine, ...]
    if option == CASH_OPTION:
        assert item.cash_option, "an order's option is checked before it is priced"
        lines = (_cash_line(item, quantity),)
        currency = item.cash_option.currency
    else:
        lines = tuple(_points_lines(item, quantity, shopper))
        currency = None
    reason, percent = _reduction(item, moment)
    listed = Price(lines, currency)
    if percent == FULL:
        return listed
    points = max(listed.points * percent // FULL, 1) - listed.points
    cash = None if listed.cash is None else _share(listed.cash, percent) - listed.cash
    limited = item.limited_price if reason == "limited-price" else None
    line = PriceLine(reason, _with_percent(reason, percent), points, cash)
    return Price((*lines, line), currency, limited.ends_at if limited else None)


def _cash_line(item: Item, quantity: int) -> PriceLine:
    assert item.cash_option
    cash = Decimal(item.cash_option.cash) * quantity
    return PriceLine("price", _pieces(item, quantity), item.cash_option.points * quantity, cash)


def _points_lines(item: Item, quantity: int, shopper: Shopper) -> Iterator[PriceLine]:
    yield PriceLine("price", _pieces(item, quantity), item.points * quantity)
    one = min(item.points, item.tier_prices.get(shopper.tier or "", item.points))
    if one < item.points:
        yield PriceLine("tier-price", LABELS["tier-price"], (one - item.points) * quantity)
    bundle = item.bundle
    if bundle and quantity >= bundle.pieces and bundle.points < one * bundle.pieces:
        bundles = quantity // bundle.pieces
        cheaper = bundle.points - one * bundle.pieces
        yield PriceLine("bundle", LABELS["bundle"], cheaper * bundles)


def _reduction(item: Item, moment: Moment) -> tuple[str, int]:
    """Return why, and to which percentage, the price comes down: the lower one of the two."""
    limited, members_day = item.limited_price, moment.members_day
    found = [("", FULL)]
    if limited and limited.holds(moment.now):
        found.append(("limited-price", limited.percent))
    if members_day and members_day.holds(moment.today):
        found.append(("members-day", members_day.percent))
    return min(found, key=lambda pair: pair[1])


def _share(cash: Decimal, percent: int) -> Decimal:
    return (cash * percent / FULL).quantize(CENT, ROUND_UP)


def _pieces(item: Item, quantity: int) -> Text:
    names = {language: item.name.get(language) for language in ("zh", "en")}
    any_name = next(filter(None, names.values()), item.item_id)
    return {language: f"{name or any_name} × {quantity}" for language, name in names.items()}


def _with_percent(reason: str, percent: int) -> Text:
    return {language: f"{words} {percent} %" for language, words in LABELS[reason].items()}
