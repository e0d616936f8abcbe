"""Shopify's webhooks, as facts. The topic is a header, which the signature does not cover."""

from collections.abc import Mapping

from earn.shops.fields import parse_json, shared_by_in
from earn.shops.shopify_payloads import ZERO, Order, Refund
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

TOPIC_HEADER = "x-shopify-topic"

PAID = frozenset({"paid", "partially_refunded", "refunded"})
UNPAID = frozenset({"pending", "authorized", "partially_paid", "expired"})


def translate(
    headers: Mapping[str, str], raw_body: bytes, *, test_orders: bool
) -> tuple[OrderEvent, ...]:
    """Return what a delivery says.

    Raises:
        MalformedBody: the body is not JSON.
        pydantic.ValidationError: a field that is needed is missing or cannot be true.
    """
    match header(headers, TOPIC_HEADER):
        case "orders/paid":
            event = _paid(Order.model_validate(parse_json(raw_body)), test_orders)
        case "orders/updated":
            event = _updated(Order.model_validate(parse_json(raw_body)), test_orders)
        case "orders/cancelled":
            event = _cancelled(Order.model_validate(parse_json(raw_body)))
        case "refunds/create":
            event = _refunded(Refund.model_validate(parse_json(raw_body)))
        case _:
            event = Ignored("unknown-topic")
    return (event,)


def _paid(order: Order, test_orders: bool) -> OrderEvent:
    if order.test and not test_orders:
        return Ignored("test-order")
    if order.financial_status in UNPAID:
        return Ignored("not-paid")
    return OrderPaid(_purchase(order), order.updated_at or order.created_at)


def _updated(order: Order, test_orders: bool) -> OrderEvent:
    if order.test and not test_orders:
        return Ignored("test-order")
    if order.cancelled_at:
        return _cancelled(order)
    if order.financial_status not in PAID:
        return Ignored("not-paid")
    return OrderUpdated(_purchase(order), order.updated_at or order.created_at)


def _cancelled(order: Order) -> OrderEvent:
    return OrderCancelled(order.id, order.cancelled_at or order.updated_at or order.created_at)


def _refunded(refund: Refund) -> OrderEvent:
    if not refund.amount:
        return Ignored("no-goods")
    sets = [line.subtotal_set for line in refund.goods if line.subtotal_set]
    return OrderRefunded(
        order_id=refund.order_id,
        refund_id=refund.id,
        amount=refund.amount,
        currency=sets[0].shop_money.currency_code if sets else None,
        refunded_at=refund.processed_at or refund.created_at,
    )


def _purchase(order: Order) -> Purchase:
    return Purchase(
        order_id=order.id,
        customer=CustomerRef(customer_id=order.customer.id if order.customer else None),
        currency=order.currency,
        lines=tuple(
            OrderLine(line.sku or "", line.product_type, line.quantity, line.charged)
            for line in order.goods
        ),
        # discounts, those of the order too, are allocated to the lines already
        discount=ZERO,
        tax=order.included_tax,
        points_offset=ZERO,
        paid_at=order.processed_at or order.created_at,
        shared_by=shared_by_in(order.note_attributes),
    )
