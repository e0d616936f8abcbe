"""What one shop order has earned, whatever the order in which its news arrive.

The book keeps the newest version of the order, the sum refunded and whether it was cancelled.
What the member keeps is a function of these alone, so every permutation of paid, edited,
refunded and cancelled ends in the same account.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Grant:
    """What a version of the order is worth: points for a base in money, and where they go."""

    points: int
    base: Decimal
    lot: date
    as_of: datetime


@dataclass(frozen=True, slots=True)
class OrderBook:
    """One order of one shop. ``version`` guards the row it was read from; 0: no row yet."""

    source: str
    order_id: str
    member_id: str | None = None
    grant: Grant | None = None
    refunded: Decimal = Decimal(0)
    is_paid: bool = False
    is_cancelled: bool = False
    usable_on: date | None = None
    version: int = 0

    @property
    def partition(self) -> str:
        """The ledger partition that holds the order's entries."""
        return f"order:{self.source}:{self.order_id}"

    @property
    def net(self) -> int:
        """Points that the member keeps for this order as it stands."""
        if not self.is_paid or self.is_cancelled or self.grant is None:
            return 0
        return self.grant.points - points_refunded(self.grant, self.refunded)

    def paid(
        self, member_id: str, grant: Grant, usable_on: date | None, today: date
    ) -> "OrderBook":
        """The order was paid; an edit that arrived before it and is newer stands.

        A payment so old that its lot has passed grants nothing.
        """
        worth = grant if grant.lot >= today else replace(grant, points=0)
        paid = replace(self, member_id=member_id, grant=worth, is_paid=True, usable_on=usable_on)
        return paid if self.grant is None else paid.updated(self.grant, today)

    def updated(self, grant: Grant, today: date) -> "OrderBook":
        """The order was edited; the newest version wins, an older one changes nothing.

        The lot stays that of the payment: an edit makes points neither younger nor older. An
        edit that would add points to a lot that has passed leaves the order's worth as it was.
        """
        former = self.grant
        if former is not None and former.as_of >= grant.as_of:
            return self
        if former is None or not self.is_paid:
            return replace(self, grant=grant)
        # Shops tell of every parcel as an edit: the same money keeps the points of its own rules.
        points = former.points if former.base == grant.base else grant.points
        edited = replace(self, grant=replace(grant, points=points, lot=former.lot))
        if former.lot < today and edited.net > self.net:
            return replace(self, grant=replace(former, as_of=grant.as_of))
        return edited

    def refunded_by(self, amount: Decimal) -> "OrderBook":
        """A part of the order was refunded, in the order's currency."""
        return replace(self, refunded=self.refunded + amount)

    def cancelled(self) -> "OrderBook":
        """The order was cancelled: it earns nothing."""
        return replace(self, is_cancelled=True)


def points_refunded(grant: Grant, refunded: Decimal) -> int:
    """Return how many points a sum of refunds takes back, rounded down for the member.

    >>> from datetime import UTC
    >>> grant = Grant(10, Decimal(30), date(2027, 11, 30), datetime(2026, 11, 21, tzinfo=UTC))
    >>> points_refunded(grant, Decimal(10)), points_refunded(grant, Decimal(99))
    (3, 10)
    """
    if grant.base <= 0:
        return grant.points if refunded > 0 else 0
    share = Fraction(min(refunded, grant.base)) / Fraction(grant.base)
    return int(grant.points * share)
