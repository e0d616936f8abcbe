"""Many ask for the same thing at the same moment, at the deployed mall's front door."""

from collections import Counter
from functools import partial

import pytest

from stack import LocalStack, eventually, fresh_key
from support.visits import (
    at_once,
    balance,
    member_with,
    outcome,
    post,
    put_on_shelf,
    redeem,
    stock_of,
)

pytestmark = pytest.mark.stack

THREADS = 32


def test_ten_pieces_make_ten_orders_however_many_ask(stack: LocalStack) -> None:
    members = [member_with(stack, 100) for _ in range(8)]
    item = put_on_shelf(stack, points=1, stock=10)
    asks = [partial(redeem, stack.http(name), item, fresh_key()) for name in members * 25]

    answers = at_once(asks, THREADS)

    assert Counter(map(outcome, answers)) == {"201": 10, "out-of-stock": 190}
    assert stock_of(stack, item) == 0
    orders = {answer.json()["redemption_id"] for answer in answers if answer.is_success}
    found = {
        order["redemption_id"]
        for name in members
        for order in stack.http(name).get("/v1/redemptions?limit=100").json()["items"]
    }
    assert len(orders) == 10
    assert found == orders
    assert sum(balance(stack, name)["available"] for name in members) == 800 - 10


def test_a_members_last_points_buy_one_thing_however_many_devices_ask(stack: LocalStack) -> None:
    name = member_with(stack, 100)
    item = put_on_shelf(stack, points=100, stock=1_000)
    asks = [partial(redeem, stack.http(name), item, fresh_key()) for _ in range(100)]

    answers = at_once(asks, THREADS)

    assert Counter(map(outcome, answers)) == {"201": 1, "insufficient-points": 99}
    assert balance(stack, name)["available"] == 0
    assert stock_of(stack, item) == 999


def test_one_request_asked_twenty_times_at_once_has_one_effect_and_one_answer(
    stack: LocalStack,
) -> None:
    name = member_with(stack, 250)
    item = put_on_shelf(stack, points=100, stock=50)
    key = fresh_key()

    answers = at_once([partial(redeem, stack.http(name), item, key)] * 20, 20)

    assert Counter(map(outcome, answers)) == {"201": 20}
    assert len({answer.text for answer in answers}) == 1
    assert balance(stack, name)["available"] == 150
    assert stock_of(stack, item) == 49
    assert len(stack.http(name).get("/v1/redemptions").json()["items"]) == 1


def test_a_hundred_codes_go_to_a_hundred_of_a_hundred_and_fifty(stack: LocalStack) -> None:
    members = [member_with(stack, 100) for _ in range(3)]
    item = put_on_shelf(stack, kind="virtual", points=1, stock=0)
    codes = {f"CODE-{number:04}" for number in range(100)}
    imported = post(
        stack.http("operator"), f"/v1/admin/items/{item}/codes", {"codes": sorted(codes)}
    )
    assert imported.json()["imported"] == 100, imported.text
    asks = [
        partial(redeem, stack.http(name), item, fresh_key(), kind="virtual")
        for name in members * 50
    ]

    answers = at_once(asks, THREADS)

    assert Counter(map(outcome, answers)) == {"201": 100, "out-of-stock": 50}
    revealed = [code for name in members for code in codes_of(stack, name)]
    assert len(revealed) == 100
    assert set(revealed) == codes


def codes_of(stack: LocalStack, name: str) -> list[str]:
    """Wait until all of a member's orders are completed, and reveal their codes."""
    http = stack.http(name)

    def completed() -> list[str]:
        orders = http.get("/v1/redemptions?limit=100").raise_for_status().json()["items"]
        assert {order["status"] for order in orders} == {"completed"}
        return [
            f"/v1/redemptions/{order['redemption_id']}/codes/{code['code_id']}/reveal"
            for order in orders
            for code in order["codes"]
        ]

    paths = eventually(completed, seconds=90)
    answers = at_once([partial(http.post, path) for path in paths], 8)
    return [answer.raise_for_status().json()["code"] for answer in answers]
