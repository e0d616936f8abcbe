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


def event_of(topic: str, body: Any, *, test_orders: bool = False) -> OrderEvent:
    headers = {"x-shopify-topic": topic}
    (event,) = translate("shopify", headers, json.dumps(body).encode(), test_orders=test_orders)
    return event


def purchase_of(body: Any) -> Purchase:
    event = event_of("orders/paid", body)
    assert isinstance(event, OrderPaid)
    return event.purchase


def test_net_prices_lines_bear_every_discount_and_gift_cards_earn_nothing(payload: Read) -> None:
    purchase = purchase_of(payload("shopify_orders_paid"))
    assert purchase.lines == (
        OrderLine("TEA-01", None, 2, Decimal("55.00")),
        OrderLine("CUP-02", None, 1, Decimal("17.00")),
    )
    assert purchase.discount == purchase.tax == 0
    assert purchase.base == Decimal("72.00")


def test_gross_prices_the_tax_of_goods_is_taken_off_and_that_of_shipping_is_not(
    payload: Read,
) -> None:
    purchase = purchase_of(payload("shopify_orders_paid_tax_included"))
    assert purchase.tax == Decimal("26.00")
    assert purchase.base == Decimal("200.00")


def test_who_bought_when_and_in_what_currency(payload: Read) -> None:
    event = event_of("orders/paid", payload("shopify_orders_paid"))
    assert isinstance(event, OrderPaid)
    assert event.purchase.order_id == "5501"
    assert event.purchase.customer == CustomerRef(customer_id="207119551")
    assert event.purchase.paid_at == datetime(2026, 11, 21, 2, 15, 40, tzinfo=UTC)
    assert event.occurred_at == datetime(2026, 11, 21, 2, 15, 44, tzinfo=UTC)


def test_the_shop_s_currency_counts_not_the_one_that_the_customer_saw(payload: Read) -> None:
    body = payload("shopify_orders_paid")
    assert body["presentment_currency"] == "CAD"
    assert purchase_of(body).currency == "USD"


def test_an_order_without_a_customer_is_a_guest_s(payload: Read) -> None:
    body = payload("shopify_orders_paid") | {"customer": None}
    assert purchase_of(body).customer.is_guest
    del body["customer"]
    assert purchase_of(body).customer.is_guest


def test_tips_earn_nothing(payload: Read) -> None:
    body = payload("shopify_orders_paid")
    body["line_items"][1]["tip"] = {"payment_gateway": "shopify_payments"}
    assert purchase_of(body).base == Decimal("55.00")


def test_the_tax_of_what_earns_nothing_is_not_taken_off_the_goods(payload: Read) -> None:
    body = payload("shopify_orders_paid_tax_included")
    body["line_items"][1]["tip"] = {"payment_gateway": "shopify_payments"}
    purchase = purchase_of(body)
    assert (purchase.tax, purchase.base) == (Decimal("19.00"), Decimal("100.00"))


def test_an_old_discount_without_allocations_still_counts(payload: Read) -> None:
    body = payload("shopify_orders_paid")
    body["line_items"][0] |= {"discount_allocations": [], "total_discount": "4.00"}
    assert purchase_of(body).lines[0].amount == Decimal("56.00")


def test_a_category_is_read_where_the_shop_adds_a_product_type(payload: Read) -> None:
    body = payload("shopify_orders_paid")
    body["line_items"][0]["product_type"] = "tea"
    assert purchase_of(body).lines[0].category == "tea"


def test_customers_cannot_choose_a_category_by_the_line_s_properties(payload: Read) -> None:
    body = payload("shopify_orders_paid")
    body["line_items"][0]["properties"] = [{"name": "product_type", "value": "double-points"}]
    assert purchase_of(body).lines[0].category is None


@pytest.mark.parametrize(("shipping", "tax"), [("0.00", "27.00"), ("26.00", "24.16")])
def test_tax_stated_as_a_whole_falls_on_goods_by_their_share(
    payload: Read, shipping: str, tax: str
) -> None:
    body = payload("shopify_orders_paid_tax_included")
    for line in [*body["line_items"], *body["shipping_lines"]]:
        line["tax_lines"] = []
    body["total_tax"] = "27.00" if shipping == "0.00" else "26.94"
    body["shipping_lines"][0]["discounted_price"] = shipping
    assert purchase_of(body).tax == Decimal(tax)


def test_untaxed_goods_do_not_bear_the_tax_of_their_shipping(payload: Read) -> None:
    body = payload("shopify_orders_paid_tax_included")
    for line in body["line_items"]:
        line["tax_lines"] = []
    assert purchase_of(body).tax == 0


@pytest.mark.parametrize("status", ["pending", "authorized", "partially_paid", "expired"])
@pytest.mark.parametrize("topic", ["orders/paid", "orders/updated"])
def test_an_order_that_is_not_paid_earns_nothing_whatever_the_topic_says(
    payload: Read, topic: str, status: str
) -> None:
    body = payload("shopify_orders_paid") | {"financial_status": status}
    assert event_of(topic, body) == Ignored("not-paid")


@pytest.mark.parametrize("status", ["paid", "partially_refunded", "refunded"])
def test_an_update_shows_the_order_before_refunds_which_come_as_their_own(
    payload: Read, status: str
) -> None:
    body = payload("shopify_orders_paid") | {"financial_status": status}
    body["line_items"][0]["current_quantity"] = 1
    event = event_of("orders/updated", body)
    assert isinstance(event, OrderUpdated)
    assert event.purchase.base == Decimal("72.00")


def test_a_cancelled_order(payload: Read) -> None:
    cancelled = OrderCancelled("5501", datetime(2026, 11, 22, 14, 0, tzinfo=UTC))
    assert event_of("orders/cancelled", payload("shopify_orders_cancelled")) == cancelled
    assert event_of("orders/updated", payload("shopify_orders_cancelled")) == cancelled


def test_test_orders_count_only_where_they_are_asked_for(payload: Read) -> None:
    body = payload("shopify_orders_paid") | {"test": True}
    for topic in ("orders/paid", "orders/updated"):
        assert event_of(topic, body) == Ignored("test-order")
    assert isinstance(event_of("orders/paid", body, test_orders=True), OrderPaid)


def test_a_refund_of_one_of_two_at_net_prices(payload: Read) -> None:
    assert event_of("refunds/create", payload("shopify_refunds_create")) == OrderRefunded(
        order_id="5501",
        refund_id="9901",
        amount=Decimal("27.50"),
        currency="USD",
        refunded_at=datetime(2026, 11, 24, 15, 2, 11, tzinfo=UTC),
    )


def refunded(body: Any) -> Decimal:
    event = event_of("refunds/create", body)
    assert isinstance(event, OrderRefunded)
    return event.amount


def test_a_refund_at_gross_prices_is_measured_net_as_its_order_was(payload: Read) -> None:
    assert refunded(payload("shopify_refunds_create_tax_included")) == Decimal("50.00")


@pytest.mark.parametrize(
    ("bare", "read"), [(27.51, "27.51"), (27.499999999999996, "27.5"), (0.1 + 0.2, "0.3")]
)
def test_a_refund_s_bare_numbers_are_read_without_binary_noise(
    payload: Read, bare: float, read: str
) -> None:
    body = payload("shopify_refunds_create")
    line = body["refund_line_items"][0]
    line["subtotal"] = bare
    del line["subtotal_set"], line["total_tax_set"]
    assert refunded(body) == Decimal(read)


def test_rates_that_fit_neither_footing_are_taken_as_net(payload: Read) -> None:
    # Shopify's own documentation shows a tax of 3.98 on 199.00 at a rate of 0.06
    body = payload("shopify_refunds_create")
    line = body["refund_line_items"][0]
    line["line_item"] |= {"price": "199.00", "quantity": 1, "discount_allocations": []}
    line["line_item"]["tax_lines"] = [{"title": "State Tax", "price": "3.98", "rate": 0.06}]
    line["subtotal_set"]["shop_money"]["amount"] = "199.00"
    line["total_tax_set"]["shop_money"]["amount"] = "3.98"
    assert refunded(body) == Decimal("199.00")


def test_a_small_net_price_is_not_taken_for_a_gross_one(payload: Read) -> None:
    body = payload("shopify_refunds_create")
    line = body["refund_line_items"][0]
    line["line_item"] |= {"price": "0.30", "quantity": 1, "discount_allocations": []}
    line["line_item"]["tax_lines"] = [{"title": "State tax", "price": "0.03", "rate": 0.1}]
    line["subtotal_set"]["shop_money"]["amount"] = "0.30"
    line["total_tax_set"]["shop_money"]["amount"] = "0.03"
    assert refunded(body) == Decimal("0.30")


def test_gross_prices_show_in_a_currency_without_decimals(payload: Read) -> None:
    body = payload("shopify_refunds_create_tax_included")
    line = body["refund_line_items"][0]
    line["line_item"] |= {"price": "100", "quantity": 1}
    line["line_item"]["tax_lines"] = [{"title": "JCT", "price": "7", "rate": 0.08}]
    line["subtotal_set"]["shop_money"] = {"amount": "100", "currency_code": "JPY"}
    line["total_tax_set"]["shop_money"] = {"amount": "7", "currency_code": "JPY"}
    assert refunded(body) == Decimal("93")


def adjustment(amount: str, kind: str | None) -> dict[str, Any]:
    return {"id": 1, "amount": amount, "tax_amount": "0.00", "kind": kind, "reason": "…"}


@pytest.mark.parametrize("kind", ["refund_discrepancy", None])
def test_money_given_back_beyond_the_lines_counts_as_goods(payload: Read, kind: str | None) -> None:
    body = payload("shopify_refunds_create")
    body |= {"refund_line_items": [], "order_adjustments": [adjustment("-10.00", kind)]}
    assert refunded(body) == Decimal("10.00")


def test_goods_that_came_back_count_in_full_though_a_fee_was_kept(payload: Read) -> None:
    body = payload("shopify_refunds_create")
    body["order_adjustments"] = [adjustment("5.00", "refund_discrepancy")]
    assert refunded(body) == Decimal("27.50")


def test_an_item_removed_by_an_edit_is_a_refund_though_no_money_moved(payload: Read) -> None:
    assert refunded(payload("shopify_refunds_create") | {"transactions": []}) == Decimal("27.50")


def test_a_refund_of_shipping_or_of_a_gift_card_takes_nothing_back(payload: Read) -> None:
    body = payload("shopify_refunds_create")
    body["refund_line_items"][0]["line_item"]["gift_card"] = True
    assert event_of("refunds/create", body) == Ignored("no-goods")
    body |= {"order_adjustments": [adjustment("-8.00", "shipping_refund")]}
    assert event_of("refunds/create", body) == Ignored("no-goods")


@pytest.mark.parametrize("topic", ["orders/create", "orders/edited", "app/uninstalled", ""])
def test_topics_that_we_do_not_follow_are_ignored_unread(topic: str) -> None:
    assert translate("shopify", {"X-Shopify-Topic": topic}, b"{") == (Ignored("unknown-topic"),)
    assert translate("shopify", {}, b"{") == (Ignored("unknown-topic"),)


def test_what_is_not_json_is_malformed() -> None:
    with pytest.raises(MalformedBody):
        translate("shopify", {"x-shopify-topic": "orders/paid"}, b"<order/>")


@pytest.mark.parametrize(
    ("field", "value"), [("price", "-1.00"), ("quantity", 0), ("price", "1e99"), ("price", None)]
)
def test_a_line_that_cannot_be_true_is_refused_by_its_place(
    payload: Read, field: str, value: Any
) -> None:
    body = payload("shopify_orders_paid")
    body["line_items"][1][field] = value
    with pytest.raises(ValidationError) as refused:
        event_of("orders/paid", body)
    assert [error["loc"] for error in refused.value.errors()] == [("line_items", 1, field)]


def test_the_body_of_another_topic_is_refused(payload: Read) -> None:
    with pytest.raises(ValidationError):
        event_of("orders/paid", payload("shopify_refunds_create"))
    with pytest.raises(ValidationError):
        event_of("refunds/create", payload("shopify_orders_paid"))
