"""Our own order webhook, for any shop that can send one: Standard Webhooks with a plain body."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from earn.shops.fields import (
    Category,
    Currency,
    Id,
    Instant,
    Money,
    Payload,
    Quantity,
    SharedBy,
    Sku,
    parse_json,
)
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

ZERO = Decimal(0)


class Line(Payload):
    """``amount`` is the line's total: tax included, shipping not."""

    sku: Sku
    category: Category | None = None
    quantity: Quantity
    amount: Money
    margin_class: Category | None = None


class Order(Payload):
    """A paid order, in the terms of our contract."""

    order_id: Id
    member_id: Id | None = None
    customer_id: Id | None = None
    currency: Currency
    lines: Annotated[tuple[Line, ...], Field(min_length=1, max_length=1000)]
    discount: Money = ZERO
    shipping: Money = ZERO
    tax: Money = ZERO
    points_offset: Money = ZERO
    paid_at: Instant
    shared_by: SharedBy = None

    def purchase(self) -> Purchase:
        """Return the order in the programme's own words."""
        return Purchase(
            order_id=self.order_id,
            customer=CustomerRef(self.member_id, self.customer_id),
            currency=self.currency,
            lines=tuple(
                OrderLine(line.sku, line.category, line.quantity, line.amount, line.margin_class)
                for line in self.lines
            ),
            discount=self.discount,
            tax=self.tax,
            points_offset=self.points_offset,
            paid_at=self.paid_at,
            shared_by=self.shared_by,
        )


class Refund(Payload):
    """``amount`` is of goods, measured as the base is: net of tax, shipping and discounts."""

    order_id: Id
    refund_id: Id
    amount: Money
    currency: Currency | None = None
    refunded_at: Instant


class Cancellation(Payload):
    """The whole order is off."""

    order_id: Id
    cancelled_at: Instant


class Message(Payload):
    """What every message has."""

    type: str

    def event(self) -> OrderEvent:
        """Return the message as a fact; of a type that we do not know, nothing."""
        return Ignored("unknown-type")


class Paid(Message):
    """``order.paid``."""

    timestamp: Instant
    data: Order

    def event(self) -> OrderEvent:
        """Return the payment."""
        return OrderPaid(self.data.purchase(), self.timestamp)


class Updated(Message):
    """``order.updated``: the paid order as it stands at ``timestamp``."""

    timestamp: Instant
    data: Order

    def event(self) -> OrderEvent:
        """Return the edit."""
        return OrderUpdated(self.data.purchase(), self.timestamp)


class Refunded(Message):
    """``order.refunded``."""

    data: Refund

    def event(self) -> OrderEvent:
        """Return the refund, if it is one of goods."""
        if not self.data.amount:
            return Ignored("no-goods")
        return OrderRefunded(**self.data.model_dump())


class Cancelled(Message):
    """``order.cancelled``."""

    data: Cancellation

    def event(self) -> OrderEvent:
        """Return the cancellation."""
        return OrderCancelled(**self.data.model_dump())


MESSAGES: Mapping[str, type[Message]] = {
    "order.paid": Paid,
    "order.updated": Updated,
    "order.refunded": Refunded,
    "order.cancelled": Cancelled,
}


def translate(raw_body: bytes) -> tuple[OrderEvent, ...]:
    """Return what a message says.

    Raises:
        MalformedBody: the body is not JSON.
        pydantic.ValidationError: a field that is needed is missing or cannot be true.
    """
    body = parse_json(raw_body)
    kind = Message.model_validate(body).type
    return (MESSAGES.get(kind, Message).model_validate(body).event(),)
