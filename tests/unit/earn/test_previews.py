"""A cart is told what the order will earn: by the functions that credit it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from earn.api_handler import lambda_handler
from earn.paid import book_paid
from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.orders import CustomerRef, OrderLine, OrderPaid, Purchase
from loyalty.domain.programme import CurrencyRates, Rate, ReturnWindow
from support.http import Answer, Http

PATH = "/v1/orders/preview"
SHOP = {"sub": "shop", "client_id": "shop", "token_use": "access", "scope": "points-mall/members"}
LINES = [
    {"sku": "S1", "category": "tea", "quantity": 2, "amount": "118.00"},
    {"sku": "S2", "category": "preorder", "amount": "60.50"},
]
CART: dict[str, Any] = {"currency": "CNY", "lines": LINES, "discount": "8.50", "tax": "3.33"}


@pytest.fixture(autouse=True)
def mall() -> Iterator[MemoryMall]:
    mall = MemoryMall()
    rules = replace(
        mall.programmes.live(),
        rates={"CNY": CurrencyRates(Rate(1), {"tea": Rate(1, Decimal(5))}, {"S2": Rate(3)})},
        return_window=ReturnWindow(0, {"preorder": 14}),
    )
    mall.programmes.publish(rules)
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)


def preview(body: Any, **who: Any) -> Answer:
    return Http(lambda_handler).post(PATH, body, **who)


def test_a_cart_shows_what_the_same_order_then_earns(mall: MemoryMall) -> None:
    shown = preview(CART, claims=SHOP)
    now = mall.clock.now()
    purchase = Purchase(
        order_id="A1",
        customer=CustomerRef("lin"),
        currency="CNY",
        lines=(
            OrderLine("S1", "tea", 2, Decimal("118.00")),
            OrderLine("S2", "preorder", 1, Decimal("60.50")),
        ),
        discount=Decimal("8.50"),
        tax=Decimal("3.33"),
        points_offset=Decimal(0),
        paid_at=now,
    )
    book_paid(mall, "standard", "lin", OrderPaid(purchase, now))
    (entry,) = mall.ledger.statement("lin").items

    assert (shown.status, shown.body["points"]) == (200, entry.pending)
    assert shown.body["explanation"] == entry.explanation
    assert shown.body["usable_on"] == str((now + timedelta(days=14)).date())
    assert shown.body["expires_on"] == entry.explanation["lot"]


def test_a_preview_leaves_nothing_behind(mall: MemoryMall) -> None:
    preview({**CART, "member_id": "lin"}, claims=SHOP)
    assert not mall.ledger.statement("lin").items
    assert mall.accounts.account("lin").version == 0


def test_an_unknown_currency_earns_nothing_and_says_so() -> None:
    shown = preview({**CART, "currency": "GBP"}, user="lin").body
    assert (shown["points"], shown["explanation"]["why_none"]) == (0, "currency-not-in-programme")


def test_members_ask_about_their_own_cart_only() -> None:
    assert preview(CART, user="lin").status == 200
    assert preview({**CART, "member_id": "lin"}, user="lin").status == 200
    assert preview({**CART, "member_id": "wang"}, user="lin").problem == "not-found"


def test_a_shops_program_needs_the_scope() -> None:
    for scope in (None, "", "points-mall/tasks", "members-of-something"):
        assert preview(CART, claims={**SHOP, "scope": scope}).status == 403, scope
    assert preview(CART, claims={**SHOP, "scope": "tasks members"}).status == 200


@pytest.mark.parametrize(
    "change", [{"lines": []}, {"currency": "yuan"}, {"discount": "-1"}, {"shipping": "8.00"}]
)
def test_what_no_cart_can_be_is_refused(change: dict[str, Any]) -> None:
    assert preview({**CART, **change}, user="lin").problem == "invalid"
