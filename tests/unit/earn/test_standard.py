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
)

Read = Callable[[str], Any]


def event_of(body: Any) -> OrderEvent:
    (event,) = translate("standard", {}, json.dumps(body).encode())
    return event


def test_a_paid_order_is_told_in_our_own_words(payload: Read) -> None:
    event = event_of(payload("standard_order_paid"))
    assert isinstance(event, OrderPaid)
    assert event.occurred_at == datetime(2026, 11, 21, 8, 30, 5, tzinfo=UTC)
    purchase = event.purchase
    assert purchase.order_id == "A100"
    assert purchase.customer == CustomerRef(customer_id="c-77")
    assert purchase.currency == "CNY"
    assert purchase.lines == (
        OrderLine("S1", "tea", 2, Decimal("118.00")),
        OrderLine("S2", "preorder", 1, Decimal("50.00")),
    )
    assert purchase.paid_at == datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
    assert purchase.paid_at.tzinfo is UTC


def test_the_base_is_goods_less_discount_tax_and_offset_and_never_shipping(payload: Read) -> None:
    event = event_of(payload("standard_order_paid"))
    assert isinstance(event, OrderPaid)
    assert event.purchase.base == Decimal("168.00") - 18 - 12 - 10


def test_the_base_is_never_below_nothing(payload: Read) -> None:
    body = payload("standard_order_paid")
    body["data"]["points_offset"] = "500.00"
    event = event_of(body)
    assert isinstance(event, OrderPaid)
    assert event.purchase.base == 0


def test_deductions_that_are_not_named_are_none(payload: Read) -> None:
    body = payload("standard_order_paid")
    for name in ("discount", "shipping", "tax", "points_offset"):
        del body["data"][name]
    event = event_of(body)
    assert isinstance(event, OrderPaid)
    assert event.purchase.base == Decimal("168.00")


def test_an_order_may_name_the_member_or_nobody(payload: Read) -> None:
    body = payload("standard_order_paid")
    del body["data"]["customer_id"]
    guest = event_of(body)
    assert isinstance(guest, OrderPaid)
    assert guest.purchase.customer.is_guest
    body["data"]["member_id"] = "m-1"
    member = event_of(body)
    assert isinstance(member, OrderPaid)
    assert member.purchase.customer == CustomerRef(member_id="m-1")


def test_an_update_is_the_order_as_it_stands_at_its_timestamp(payload: Read) -> None:
    body = payload("standard_order_paid") | {
        "type": "order.updated",
        "timestamp": "2026-11-22T00:00:00Z",
    }
    event = event_of(body)
    assert isinstance(event, OrderUpdated)
    assert event.occurred_at == datetime(2026, 11, 22, tzinfo=UTC)


def test_a_refund_names_its_goods(payload: Read) -> None:
    assert event_of(payload("standard_order_refunded")) == OrderRefunded(
        order_id="A100",
        refund_id="R1",
        amount=Decimal("40.00"),
        currency=None,
        refunded_at=datetime(2026, 11, 25, 0, 59, 58, tzinfo=UTC),
    )


def test_a_refund_of_shipping_alone_takes_nothing_back(payload: Read) -> None:
    body = payload("standard_order_refunded")
    body["data"]["amount"] = "0.00"
    assert event_of(body) == Ignored("no-goods")


def test_a_cancelled_order(payload: Read) -> None:
    cancelled_at = datetime(2026, 11, 25, 0, 59, 58, tzinfo=UTC)
    assert event_of(payload("standard_order_cancelled")) == OrderCancelled("A100", cancelled_at)


def test_a_type_that_we_do_not_know_is_ignored_whatever_it_holds() -> None:
    assert event_of({"type": "order.shipped", "data": 7}) == Ignored("unknown-type")


def test_fields_that_we_do_not_know_are_ignored(payload: Read) -> None:
    body = payload("standard_order_paid")
    known = event_of(body)
    body["data"]["channel"] = "app"
    body["data"]["lines"][0]["colour"] = "green"
    assert event_of(body | {"id": "evt_1"}) == known


@pytest.mark.parametrize("raw", [b"", b"{", b"\xff", b'{"type": NaN}', b"[" * 100_000, b"9" * 5000])
def test_what_is_not_json_is_malformed(raw: bytes) -> None:
    with pytest.raises(MalformedBody):
        translate("standard", {}, raw)


@pytest.mark.parametrize("body", [[], "order.paid", None, {}, {"type": 1}, {"type": None}])
def test_json_of_another_shape_is_invalid(body: Any) -> None:
    with pytest.raises(ValidationError):
        event_of(body)


REFUSED: list[tuple[str, Any]] = [
    ("order_id", None),
    ("order_id", ""),
    ("order_id", "A 100"),
    ("order_id", "A\n100"),
    ("order_id", "x" * 129),
    ("order_id", 1.5),
    ("order_id", True),
    ("currency", "cny"),
    ("currency", "CNYX"),
    ("lines", []),
    ("discount", "-0.01"),
    ("tax", "NaN"),
    ("tax", "Infinity"),
    ("points_offset", "1e3"),
    ("points_offset", "1_000"),
    ("points_offset", " 5"),
    ("points_offset", ""),
    ("shipping", "1000000000000"),
    ("discount", "0.0000001"),
    ("discount", True),
    ("paid_at", "2026-11-21T08:30:00"),
    ("paid_at", "yesterday"),
    ("paid_at", 1763713800),
    ("paid_at", "1999-12-31T23:59:59Z"),
    ("paid_at", "9999-12-31T23:59:59-01:00"),
]


@pytest.mark.parametrize(("field", "value"), REFUSED)
def test_what_cannot_be_true_is_refused_by_the_name_of_its_field(
    payload: Read, field: str, value: Any
) -> None:
    body = payload("standard_order_paid")
    body["data"][field] = value
    with pytest.raises(ValidationError) as refused:
        event_of(body)
    assert {error["loc"][:2] for error in refused.value.errors()} == {("data", field)}


LINE_REFUSED: list[tuple[str, Any]] = [
    ("quantity", 0),
    ("quantity", -1),
    ("quantity", 0.5),
    ("quantity", 1_000_001),
    ("amount", "-1.00"),
    ("amount", None),
    ("sku", None),
]


@pytest.mark.parametrize(("field", "value"), LINE_REFUSED)
def test_a_line_that_cannot_be_true_is_refused_by_its_place(
    payload: Read, field: str, value: Any
) -> None:
    body = payload("standard_order_paid")
    body["data"]["lines"][1][field] = value
    with pytest.raises(ValidationError) as refused:
        event_of(body)
    assert [error["loc"] for error in refused.value.errors()] == [("data", "lines", 1, field)]


@pytest.mark.parametrize("field", ["order_id", "currency", "lines", "paid_at"])
def test_a_field_that_is_needed_is_asked_for(payload: Read, field: str) -> None:
    body = payload("standard_order_paid")
    del body["data"][field]
    with pytest.raises(ValidationError) as refused:
        event_of(body)
    (error,) = refused.value.errors()
    assert (error["loc"], error["type"]) == (("data", field), "missing")


def test_numbers_are_read_exactly_where_a_shop_writes_them_bare(payload: Read) -> None:
    body = payload("standard_order_paid")
    raw = json.dumps(body).replace('"118.00"', "118.10").encode()
    (event,) = translate("standard", {}, raw)
    assert isinstance(event, OrderPaid)
    assert event.purchase.lines[0].amount == Decimal("118.10")
