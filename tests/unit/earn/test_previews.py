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
from loyalty.domain.member import Member
from loyalty.domain.offset import OffsetRate, OffsetRules
from loyalty.domain.orders import CustomerRef, OrderLine, OrderPaid, Purchase
from loyalty.domain.programme import CurrencyRates, Rate, ReturnWindow
from loyalty.domain.rates import Caps
from loyalty.domain.writes import AddCampaign, AddMember
from support.campaigning import TIERS, YUAN, campaign
from support.http import Answer, Http
from support.shop import Shop

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


def test_a_preview_shows_what_the_member_s_points_could_take_off(mall: MemoryMall) -> None:
    blocks = OffsetRules({"CNY": OffsetRate(50, Decimal(20))}, largest_share=Decimal("0.5"))
    mall.programmes.publish(replace(mall.programmes.live(), offset=blocks))
    assert preview(CART, user="lin").body["offset"] == {
        "points": 0,
        "worth": "0",
        "currency": "CNY",
    }
    Shop(mall).pays("A1", 190)
    # half of 170.00 is 85.00: four blocks of 20, and the points suffice for three
    shown = preview(CART, user="lin").body["offset"]
    assert (shown["points"], shown["worth"]) == (150, "60")
    Shop(mall).pays("A2", 1_000)
    assert preview(CART, user="lin").body["offset"]["points"] == 200
    assert preview(CART, claims=SHOP).body["offset"] is None
    assert preview({**CART, "currency": "EUR"}, user="lin").body["offset"] is None


def test_a_preview_knows_the_tier_and_what_campaigns_have_left(mall: MemoryMall) -> None:
    mall.programmes.publish(replace(YUAN, tiers=TIERS, caps=Caps(per_member_and_day=500)))
    joined = Member("lin", mall.clock.now(), tier="silver")
    made = campaign(budget=250, per_member=240)
    mall.store.commit([AddMember(joined), AddCampaign(made)])
    cart = {"currency": "CNY", "lines": [{"sku": "S1", "amount": "100"}]}
    points = []
    for place in range(3):
        shown = preview(cart, user="lin").body
        paid = Shop(mall).pays(f"A{place}", 100)
        assert shown["points"] == paid.points
        points.append(paid.points)
    assert points == [300, 200, 0]
    assert preview({**cart, "member_id": "wang"}, claims=SHOP).body["points"] == 100 + 50
