"""What a shop tells about an order, in the programme's own words.

Every shop's webhook is translated into these facts, so no rule has to know a shop's software.
Money is `Decimal` in the order's currency, instants are aware and in UTC.
"""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class CustomerRef:
    """Who bought: a member, a shop's customer, or (with neither) a guest."""

    member_id: str | None = None
    customer_id: str | None = None

    @property
    def is_guest(self) -> bool:
        """Whether nobody can be credited, now or later."""
        return self.member_id is None and self.customer_id is None


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line: `amount` is charged for the whole line, after its own discounts, no shipping.

    `margin_class` is the shop's own word for how much it earns on the line, if it has one.
    """

    sku: str
    category: str | None
    quantity: int
    amount: Decimal
    margin_class: str | None = None


@dataclass(frozen=True, slots=True)
class Purchase:
    """A paid order; `tax` is the tax that the lines' amounts include, shipping stands nowhere.

    `shared_by`: the code (or id) of the member whose link the buyer came by.
    """

    order_id: str
    customer: CustomerRef
    currency: str
    lines: tuple[OrderLine, ...]
    discount: Decimal
    tax: Decimal
    points_offset: Decimal
    paid_at: datetime
    shared_by: str | None = None

    @property
    def base(self) -> Decimal:
        """What earns: goods, net of discounts, tax and what points have paid; never below 0."""
        goods = sum((line.amount for line in self.lines), ZERO)
        return max(goods - self.discount - self.tax - self.points_offset, ZERO)


@dataclass(frozen=True, slots=True)
class OrderPaid:
    """The order was paid."""

    purchase: Purchase
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class OrderUpdated:
    """A paid order was edited; `purchase` is how it stands at `occurred_at`, the newest wins."""

    purchase: Purchase
    occurred_at: datetime


@dataclass(frozen=True, slots=True)
class OrderRefunded:
    """One refund; `amount` is goods only, measured as the base is (no shipping, no tax)."""

    order_id: str
    refund_id: str
    amount: Decimal
    currency: str | None
    refunded_at: datetime


@dataclass(frozen=True, slots=True)
class OrderCancelled:
    """The order was cancelled: whatever it earned is not earned."""

    order_id: str
    cancelled_at: datetime


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing that concerns points; `reason` is a slug that tells why."""

    reason: str


OrderEvent = OrderPaid | OrderUpdated | OrderRefunded | OrderCancelled | Ignored
