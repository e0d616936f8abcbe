"""WooCommerce's order webhooks, as facts (REST API v2 and v3).

Every delivery shows the whole order as it stands, so one may hold several facts; what was booked
before is recognised by its key. Lines' totals are net of tax and of coupons, always.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from earn.shops.fields import (
    Currency,
    GmtInstant,
    Id,
    Money,
    Note,
    Payload,
    Quantity,
    SignedMoney,
    Sku,
    parse_json,
    shared_by_in,
)
from loyalty.api.headers import header
from loyalty.domain.orders import (
    CustomerRef,
    Ignored,
    OrderCancelled,
    OrderEvent,
    OrderLine,
    OrderPaid,
    OrderRefunded,
    OrderUpdated,
    Purchase,
)

TOPIC_HEADER = "x-wc-webhook-topic"

UNPAID = frozenset({"pending", "on-hold", "checkout-draft", "draft", "auto-draft", "new", "trash"})
CALLED_OFF = frozenset({"cancelled", "failed"})

ZERO = Decimal(0)
CENT = Decimal("0.01")

_PING = re.compile(rb"webhook_id=[0-9]+")


class Line(Payload):
    """A product line; ``total`` is after coupons, without tax."""

    sku: Sku | None = None
    quantity: Quantity
    total: Money
    total_tax: Money = ZERO


class Fee(Payload):
    """A surcharge, or where negative a discount that a plug-in gave."""

    total: SignedMoney
    total_tax: SignedMoney = ZERO


class Refund(Payload):
    """What the order tells of a refund: an amount below zero that holds tax and shipping."""

    id: int
    total: SignedMoney


class Order(Payload):
    """The payload of every ``order.…`` topic but ``order.deleted``."""

    id: Id
    status: str
    currency: Currency
    customer_id: Id = "0"
    line_items: tuple[Line, ...]
    fee_lines: tuple[Fee, ...] = ()
    refunds: tuple[Refund, ...] = ()
    meta_data: tuple[Note, ...] = ()
    date_created_gmt: GmtInstant
    date_modified_gmt: GmtInstant | None = None
    date_paid_gmt: GmtInstant | None = None
    date_completed_gmt: GmtInstant | None = None

    @property
    def modified_at(self) -> GmtInstant:
        """When it came to stand as it stands."""
        return self.date_modified_gmt or self.date_created_gmt

    @property
    def paid_at(self) -> GmtInstant | None:
        """When it was paid; an order paid on delivery is paid when it is completed."""
        completed = self.date_completed_gmt or self.modified_at
        return self.date_paid_gmt or (completed if self.status == "completed" else None)

    def purchase(self, paid_at: GmtInstant) -> Purchase:
        """Return the order in the programme's own words."""
        return Purchase(
            order_id=self.id,
            customer=CustomerRef(customer_id=None if self.customer_id == "0" else self.customer_id),
            currency=self.currency,
            lines=tuple(
                OrderLine(line.sku or "", None, line.quantity, line.total)
                for line in self.line_items
            ),
            discount=sum((max(-fee.total, ZERO) for fee in self.fee_lines), ZERO),
            tax=ZERO,
            points_offset=ZERO,
            paid_at=paid_at,
            shared_by=shared_by_in(self.meta_data),
        )

    @property
    def goods_with_tax(self) -> Decimal:
        """What the customer paid for the goods: the base, and its tax."""
        lines = sum((line.total + line.total_tax for line in self.line_items), ZERO)
        given = sum((min(fee.total + fee.total_tax, ZERO) for fee in self.fee_lines), ZERO)
        return max(lines + given, ZERO)


def is_ping(raw_body: bytes) -> bool:
    """Tell WooCommerce's greeting to a new webhook: a form without topic and signature."""
    return _PING.fullmatch(raw_body) is not None


def translate(headers: Mapping[str, str], raw_body: bytes) -> tuple[OrderEvent, ...]:
    """Return what a delivery says, oldest fact first.

    Raises:
        MalformedBody: the body is not JSON.
        pydantic.ValidationError: a field that is needed is missing or cannot be true.
    """
    if is_ping(raw_body):
        return (Ignored("ping"),)
    match header(headers, TOPIC_HEADER):
        case "order.created" | "order.updated" | "order.restored":
            facts = tuple(_facts(Order.model_validate(parse_json(raw_body))))
            return facts or (Ignored("no-goods"),)
        case "order.deleted":
            # putting an order away is book-keeping; money goes back by a refund or cancellation
            return (Ignored("order-deleted"),)
        case _:
            return (Ignored("unknown-topic"),)


def _facts(order: Order) -> Iterator[OrderEvent]:
    paid_at = order.paid_at
    if paid_at is None or order.status in UNPAID:
        yield Ignored("not-paid")
    elif order.status in CALLED_OFF or (order.status == "refunded" and not order.refunds):
        yield OrderCancelled(order.id, order.modified_at)
    elif order.status == "refunded":
        yield from _refunds(order, order.purchase(paid_at).base)
    else:
        purchase = order.purchase(paid_at)
        yield OrderPaid(purchase, order.modified_at)
        yield OrderUpdated(purchase, order.modified_at)
        yield from _refunds(order, purchase.base)


def _refunds(order: Order, base: Decimal) -> Iterator[OrderEvent]:
    """Yield each refund's goods, net of tax; together exactly the base when all is paid back.

    The payload gives one sum for each. It is taken to be for goods until the goods are paid
    back, and what comes after that to be for shipping.
    """
    paid_back = seen = ZERO
    for refund in sorted(order.refunds, key=lambda refund: refund.id):
        paid_back += abs(refund.total)
        goods = _net(paid_back, order.goods_with_tax, base)
        if goods > seen:
            yield OrderRefunded(
                order.id, str(refund.id), goods - seen, order.currency, order.modified_at
            )
        seen = goods


def _net(paid_back: Decimal, goods_with_tax: Decimal, base: Decimal) -> Decimal:
    if paid_back >= goods_with_tax:
        return base
    return min((paid_back * base / goods_with_tax).quantize(CENT, ROUND_HALF_UP), base)
