"""Quotes: the price of an order for one member at one moment, as they are shown and confirmed."""

import hashlib
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation

from loyalty.domain.calendar import local_day
from loyalty.domain.item import Item
from loyalty.domain.pricing.price import Moment, Price, price_of
from loyalty.domain.pricing.shopper import ANYBODY, Shopper, asks_who, reasons_against
from loyalty.domain.programme import Programme
from loyalty.ports import Mall
from redeem.orders import Order

QUOTE_MINUTES = 15


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a quote: why, in a slug and in words, and what it adds or takes off."""

    reason: str
    label: str
    points: int
    cash: str | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What an order would cost this member now, and whether it would be taken."""

    quote_id: str
    points: int
    lines: tuple[Line, ...]
    reasons: tuple[str, ...]
    expires_at: datetime
    cash: str | None = None
    currency: str | None = None

    @property
    def eligible(self) -> bool:
        """Whether nothing stands against the order."""
        return not self.reasons

    @property
    def facts(self) -> dict[str, object]:
        """The quote as a refusal tells it: in the form in which it is asked for."""
        return {**asdict(self), "eligible": self.eligible}

    def against(self, *reasons: str) -> "Quote":
        """Return the quote with more that stands against the order."""
        return replace(self, reasons=(*self.reasons, *reasons))

    def is_what(self, order: Order) -> bool:
        """Tell whether it is what the member has confirmed, as far as anything was."""
        points_fit = order.expected_points in {None, self.points}
        return points_fit and (order.expected_cash is None or self._costs(order.expected_cash))

    def _costs(self, cash: str) -> bool:
        try:
            return Decimal(cash) == Decimal(self.cash or 0)
        except InvalidOperation:
            return False


def quote_order(
    mall: Mall,
    member_id: str,
    order: Order,
    item: Item,
    programme: Programme,
    language: str = "zh",
) -> Quote:
    """Return the price of an order: the one price, for quotes and submissions.

    The profile is read only where the item asks who it is.
    """
    now = mall.clock.now()
    today = programme.today(now)
    shopper = _shopper(mall, member_id, programme) if asks_who(item) else ANYBODY
    moment = Moment(now, today, programme.members_day)
    price = price_of(item, order.quantity, order.option, moment, shopper)
    soon = now + timedelta(minutes=QUOTE_MINUTES)
    return Quote(
        quote_id=_quote_id(item, order, price),
        points=price.points,
        cash=_text(price.cash),
        currency=price.currency,
        lines=tuple(
            Line(line.reason, line.label[language], line.points, _text(line.cash))
            for line in price.lines
        ),
        reasons=(*reasons_against(item, shopper, today), *_no_money_taken(mall, price)),
        expires_at=min(soon, price.ends_at) if price.ends_at else soon,
    )


def _shopper(mall: Mall, member_id: str, programme: Programme) -> Shopper:
    """Return who asks; without tiers in the programme nobody is of any."""
    member = mall.members.member(member_id)
    tier = programme.tiers.tier(member.tier if member else None).id if programme.tiers else None
    joined_on = local_day(member.joined_at, programme.time_zone) if member else None
    return Shopper(tier, joined_on)


def _no_money_taken(mall: Mall, price: Price) -> tuple[str, ...]:
    return ("no-payments",) if price.currency and mall.payments is None else ()


def _quote_id(item: Item, order: Order, price: Price) -> str:
    """Name a quote after all that it depends on."""
    what = f"{order.digest} {item.version} {price.points} {price.cash}"
    return f"qte_{hashlib.sha256(what.encode()).hexdigest()[:26]}"


def _text(cash: Decimal | None) -> str | None:
    return None if cash is None else f"{cash:.2f}"
