import json
from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from earn.shops import translate
from loyalty.domain.errors import MalformedBody
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

Read = Callable[[str], Any]


def events_of(body: Any, topic: str = "order.updated") -> tuple[OrderEvent, ...]:
    return translate("woocommerce", {"x-wc-webhook-topic": topic}, json.dumps(body).encode())


def purchase_of(body: Any) -> Purchase:
    paid = events_of(body)[0]
    assert isinstance(paid, OrderPaid)
    return paid.purchase


def refunds_of(body: Any) -> dict[str, Decimal]:
    refunds = [event for event in events_of(body) if isinstance(event, OrderRefunded)]
    return {refund.refund_id: refund.amount for refund in refunds}


def test_lines_are_net_of_tax_and_coupons_and_shipping_stands_nowhere(payload: Read) -> None:
    purchase = purchase_of(payload("woocommerce_order_processing"))
    assert purchase.lines == (
        OrderLine("TEA-01", None, 2, Decimal("63.00")),
        OrderLine("CUP-02", None, 1, Decimal("27.00")),
    )
    assert purchase.base == Decimal("90.00")
    assert purchase.currency == "EUR"
    assert purchase.customer == CustomerRef(customer_id="26")
    assert purchase.paid_at == datetime(2026, 11, 20, 16, 21, 29, tzinfo=UTC)


@pytest.mark.parametrize("included", [True, False])
def test_how_prices_were_entered_changes_nothing(payload: Read, included: bool) -> None:
    body = payload("woocommerce_order_processing") | {"prices_include_tax": included}
    assert purchase_of(body).base == Decimal("90.00")


def test_one_delivery_pays_edits_and_refunds(payload: Read) -> None:
    events = events_of(payload("woocommerce_order_partially_refunded"))
    modified_at = datetime(2026, 11, 23, 11, 0, 5, tzinfo=UTC)
    paid, updated, first, second = events
    assert isinstance(paid, OrderPaid)
    assert paid.occurred_at == modified_at
    assert updated == OrderUpdated(paid.purchase, modified_at)
    # 108.00 was paid for goods worth 90.00 net
    assert first == OrderRefunded("727", "731", Decimal("8.33"), "EUR", modified_at)
    assert second == OrderRefunded("727", "734", Decimal("27.00"), "EUR", modified_at)


def test_a_refund_keeps_its_amount_when_later_ones_join_it(payload: Read) -> None:
    body = payload("woocommerce_order_partially_refunded")
    both = refunds_of(body)
    body["refunds"] = body["refunds"][1:]
    assert refunds_of(body) == {"731": both["731"]}


def test_goods_are_paid_back_first_and_then_shipping(payload: Read) -> None:
    body = payload("woocommerce_order_partially_refunded")
    body["refunds"] = [{"id": 1, "total": "-108.00"}, {"id": 2, "total": "-6.00"}]
    assert refunds_of(body) == {"1": Decimal("90.00")}


def test_a_fully_refunded_order_gives_all_of_its_base_back(payload: Read) -> None:
    body = payload("woocommerce_order_partially_refunded") | {"status": "refunded"}
    body["refunds"].append({"id": 740, "reason": "Order fully refunded.", "total": "-71.60"})
    events = events_of(body)
    assert all(isinstance(event, OrderRefunded) for event in events)
    assert sum(refunds_of(body).values()) == Decimal("90.00")


def test_a_refunded_order_that_names_no_refund_is_called_off(payload: Read) -> None:
    body = payload("woocommerce_order_processing") | {"status": "refunded"}
    modified_at = datetime(2026, 11, 20, 16, 21, 30, tzinfo=UTC)
    assert events_of(body) == (OrderCancelled("727", modified_at),)


def test_an_order_of_nothing_has_nothing_to_give_back(payload: Read) -> None:
    body = payload("woocommerce_order_processing") | {"status": "refunded"}
    for line in body["line_items"]:
        line |= {"total": "0.00", "total_tax": "0.00"}
    body["refunds"] = [{"id": 1, "reason": "", "total": "-6.00"}]
    assert events_of(body) == (Ignored("no-goods"),)


@pytest.mark.parametrize("status", ["cancelled", "failed"])
def test_a_paid_order_that_is_called_off_is_cancelled(payload: Read, status: str) -> None:
    body = payload("woocommerce_order_processing") | {"status": status}
    modified_at = datetime(2026, 11, 20, 16, 21, 30, tzinfo=UTC)
    assert events_of(body) == (OrderCancelled("727", modified_at),)


@pytest.mark.parametrize("status", ["cancelled", "failed", "refunded", "processing", "pending"])
def test_an_order_that_was_never_paid_may_still_be_paid_later(payload: Read, status: str) -> None:
    body = payload("woocommerce_order_processing") | {"status": status, "date_paid_gmt": None}
    assert events_of(body) == (Ignored("not-paid"),)


@pytest.mark.parametrize("status", ["pending", "on-hold", "checkout-draft", "trash"])
def test_an_order_that_is_not_settled_is_ignored(payload: Read, status: str) -> None:
    body = payload("woocommerce_order_processing") | {"status": status}
    assert events_of(body) == (Ignored("not-paid"),)


def test_an_order_paid_on_delivery_is_paid_when_it_is_completed(payload: Read) -> None:
    body = payload("woocommerce_order_partially_refunded") | {"date_paid_gmt": None}
    assert purchase_of(body).paid_at == datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def test_a_status_of_a_plug_in_is_paid_where_the_order_was(payload: Read) -> None:
    body = payload("woocommerce_order_processing") | {"status": "packed"}
    assert purchase_of(body).base == Decimal("90.00")


@pytest.mark.parametrize("topic", ["order.created", "order.updated", "order.restored"])
def test_every_delivery_that_shows_the_order_is_read(payload: Read, topic: str) -> None:
    first = events_of(payload("woocommerce_order_processing"), topic)[0]
    assert isinstance(first, OrderPaid)


@pytest.mark.parametrize("customer_id", [0, "0"])
def test_customer_nought_is_a_guest(payload: Read, customer_id: int | str) -> None:
    body = payload("woocommerce_order_processing") | {"customer_id": customer_id}
    assert purchase_of(body).customer.is_guest


def test_a_fee_below_nothing_is_a_discount_and_a_surcharge_earns_nothing(payload: Read) -> None:
    body = payload("woocommerce_order_processing")
    body["fee_lines"] = [
        {"id": 1, "name": "Store credit", "total": "-15.00", "total_tax": "-3.00"},
        {"id": 2, "name": "Gift wrapping", "total": "4.00", "total_tax": "0.80"},
    ]
    assert purchase_of(body).base == Decimal("75.00")
    body["refunds"] = [{"id": 9, "total": "-90.00"}]
    assert refunds_of(body) == {"9": Decimal("75.00")}


def test_putting_an_order_away_takes_no_points_back() -> None:
    assert events_of({"id": 727}, "order.deleted") == (Ignored("order-deleted"),)


@pytest.mark.parametrize("topic", ["product.updated", "action.woocommerce_order_refunded", ""])
def test_topics_that_we_do_not_follow_are_ignored_unread(topic: str) -> None:
    headers = {"X-WC-Webhook-Topic": topic}
    assert translate("woocommerce", headers, b"{") == (Ignored("unknown-topic"),)


def test_the_greeting_to_a_new_webhook_is_ignored() -> None:
    assert translate("woocommerce", {}, b"webhook_id=12") == (Ignored("ping"),)


def test_what_is_not_json_is_malformed() -> None:
    with pytest.raises(MalformedBody):
        translate("woocommerce", {"x-wc-webhook-topic": "order.updated"}, b"id=727&status=paid")


@pytest.mark.parametrize(
    ("field", "value"), [("total", "-1.00"), ("quantity", 0), ("total", "NaN"), ("total", None)]
)
def test_a_line_that_cannot_be_true_is_refused_by_its_place(
    payload: Read, field: str, value: Any
) -> None:
    body = payload("woocommerce_order_processing")
    body["line_items"][1][field] = value
    with pytest.raises(ValidationError) as refused:
        events_of(body)
    assert [error["loc"] for error in refused.value.errors()] == [("line_items", 1, field)]
