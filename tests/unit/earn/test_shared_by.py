"""Who shared the link that a buyer came by, as each shop's order tells it."""

import json
from collections.abc import Callable
from typing import Any

import pytest

from earn.shops import translate
from loyalty.domain.orders import OrderPaid

Read = Callable[[str], Any]

NO_CODES = ["two words", "", "x" * 129, 7, None, {"code": "LIN"}, ["LIN"], "a\nb"]


def shared_by(source: str, headers: dict[str, str], body: Any) -> str | None:
    paid = translate(source, headers, json.dumps(body).encode())[0]
    assert isinstance(paid, OrderPaid)
    return paid.purchase.shared_by


def of_standard(payload: Read, told: object) -> str | None:
    body = payload("standard_order_paid")
    body["data"]["shared_by"] = told
    return shared_by("standard", {}, body)


def of_shopify(payload: Read, told: object) -> str | None:
    notes = [{"name": "gift", "value": "yes"}, {"name": "shared_by", "value": told}]
    body = payload("shopify_orders_paid") | {"note_attributes": notes}
    return shared_by("shopify", {"x-shopify-topic": "orders/paid"}, body)


def of_woocommerce(payload: Read, told: object) -> str | None:
    notes = [{"id": 1, "key": "_vat", "value": 3}, {"id": 2, "key": "shared_by", "value": told}]
    body = payload("woocommerce_order_processing") | {"meta_data": notes}
    return shared_by("woocommerce", {"x-wc-webhook-topic": "order.updated"}, body)


each_shop = pytest.mark.parametrize("of", [of_standard, of_shopify, of_woocommerce])


@each_shop
def test_an_order_may_say_who_sent_the_buyer(payload: Read, of: Any) -> None:
    assert of(payload, "LINSCODE") == "LINSCODE"


@each_shop
@pytest.mark.parametrize("told", NO_CODES, ids=str)
def test_what_is_no_code_is_nobody_and_no_reason_to_refuse_an_order(
    payload: Read, of: Any, told: object
) -> None:
    assert of(payload, told) is None


def test_an_order_that_says_nothing_was_sent_by_nobody(payload: Read) -> None:
    assert shared_by("standard", {}, payload("standard_order_paid")) is None
