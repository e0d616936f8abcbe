"""Tiers on the deployed stack: orders raise, refunds do not lower, windows and graces end."""

from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from mall import api_client
from mall.signing_in import client_token
from stack import LocalStack, eventually
from support.visits import outcome

pytestmark = pytest.mark.stack

SPRING = datetime(2027, 3, 1, 4, tzinfo=UTC)


@pytest.fixture
def name(stack: LocalStack) -> str:
    """Somebody new, on a day in the midst of a year."""
    stack.clock.set(SPRING)
    return stack.new_member()


def buys(stack: LocalStack, name: str, amount: int) -> tuple[str, int]:
    """Let a member buy for some yuan now; return the order's id and what it has earned."""
    order_id, now = f"T-{uuid4().hex}", stack.clock.now().isoformat()
    data = {
        "order_id": order_id,
        "member_id": stack.member_id(name),
        "currency": "CNY",
        "lines": [{"sku": "S1", "category": "tea", "quantity": 1, "amount": f"{amount}.00"}],
        "paid_at": now,
    }
    told = stack.post_webhook("standard", {"type": "order.paid", "timestamp": now, "data": data})
    assert told.is_success, told.text
    return order_id, told.json()["points"]


def refunds(stack: LocalStack, order_id: str, amount: int) -> None:
    now = stack.clock.now().isoformat()
    data = {
        "order_id": order_id,
        "refund_id": uuid4().hex,
        "amount": f"{amount}.00",
        "currency": "CNY",
        "refunded_at": now,
    }
    news = {"type": "order.refunded", "timestamp": now, "data": data}
    assert stack.post_webhook("standard", news).is_success


def me(stack: LocalStack, name: str) -> dict[str, Any]:
    found: dict[str, Any] = stack.http(name).get("/v1/me").raise_for_status().json()
    return found


def counted(stack: LocalStack, name: str, wanted: str) -> dict[str, Any]:
    """Wait until so much is counted; return the progress."""

    def look() -> dict[str, Any]:
        progress: dict[str, Any] = me(stack, name)["tier_progress"]
        assert progress["counted"] == wanted
        return progress

    return eventually(look)


def test_a_big_order_raises_and_the_next_one_earns_by_it(stack: LocalStack, name: str) -> None:
    assert me(stack, name)["tier"] == "regular"
    assert buys(stack, name, 20_000)[1] == 20_000
    progress = counted(stack, name, "20000.00")
    assert (progress["tier"]["id"], progress["next_tier"]["id"]) == ("silver", "gold")
    assert (progress["needed"], progress["kept_through"]) == ("80000.00", "2027-12-31")
    assert progress["speed_up"] == {"multiplier": "2", "until": "2027-03-31"}

    order_id, points = buys(stack, name, 100)
    assert points == 300  # one and a half times as silver, twice for the rise
    entries = stack.http(name).get("/v1/me/points/entries").json()["items"]
    explanation = next(it for it in entries if it["reference"] == order_id)["explanation"]
    assert "silver" in str(explanation)

    stack.clock.set(datetime(2027, 4, 1, 4, tzinfo=UTC))
    assert buys(stack, name, 100)[1] == 150


def test_a_refund_lowers_the_count_and_the_years_end_the_tier(stack: LocalStack, name: str) -> None:
    order_id, _ = buys(stack, name, 20_000)
    counted(stack, name, "20000.00")
    refunds(stack, order_id, 19_000)
    assert counted(stack, name, "1000.00")["tier"]["id"] == "silver"

    for day, tier, endangered in (
        (datetime(2027, 12, 1, 15, tzinfo=UTC), "silver", True),
        (datetime(2028, 1, 30, 15, 59, tzinfo=UTC), "silver", True),
        (datetime(2028, 1, 30, 16, 1, tzinfo=UTC), "regular", False),  # the 31st in Shanghai
    ):
        stack.clock.set(day)
        stack.sweep()
        found = me(stack, name)
        assert (found["tier"], bool(found["tier_progress"]["endangered"])) == (tier, endangered)
    assert buys(stack, name, 100)[1] == 100


def test_what_is_told_twice_counts_once(stack: LocalStack, name: str) -> None:
    order_id, now = f"T-{uuid4().hex}", stack.clock.now().isoformat()
    line = {"sku": "S1", "category": "tea", "quantity": 1, "amount": "700.00"}
    who = {"order_id": order_id, "member_id": stack.member_id(name), "currency": "CNY"}
    paid = {
        "type": "order.paid",
        "timestamp": now,
        "data": {**who, "lines": [line], "paid_at": now},
    }
    for _ in range(5):
        assert stack.post_webhook("standard", paid).is_success
    stack.settle()
    counted(stack, name, "700.00")


def test_a_shop_keeps_tiers_and_profiles_equal_with_a_token_of_its_own(
    stack: LocalStack, name: str
) -> None:
    shop, customer = stack.http("shop"), f"c-{uuid4().hex[:8]}"
    path, who = f"/v1/members/shopify/{customer}", stack.member_id(name)
    assert outcome(shop.put(path, json={"tier": "gold"})) == "not-found"
    told = shop.put(path, json={"member_id": who, "display_name": "Yun", "tier": "gold"})
    assert (told.json()["member_id"], told.json()["tier"]) == (who, "gold")
    found = me(stack, name)
    assert (found["display_name"], found["tier"]) == ("Yun", "gold")
    assert found["tier_progress"]["given_by"] == "shopify"

    assert buys(stack, name, 100)[1] == 400  # twice as gold, twice for the rise
    assert shop.get(f"/v1/members/{who}/points").json()["available"] >= 400

    stack.clock.set(datetime(2030, 6, 1, 4, tzinfo=UTC))
    stack.sweep()
    assert me(stack, name)["tier"] == "gold"


def test_a_shops_token_is_no_member_and_opens_only_its_scopes(stack: LocalStack, name: str) -> None:
    path = f"/v1/members/{stack.member_id(name)}/points"
    assert outcome(stack.http("shop").get("/v1/me")) == "forbidden"
    assert outcome(stack.http(name).get(path)) == "forbidden"
    assert outcome(stack.http("admin").get(path)) == "forbidden"
    token = client_token(stack.facts, "shop", "points-mall/tasks")
    with api_client.client(stack.facts.api, token) as narrow:
        assert outcome(narrow.get(path)) == "forbidden"
