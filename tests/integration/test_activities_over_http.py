"""Check-ins, tasks and referrals at the deployed mall's front door, raced and told in disorder."""

from collections import Counter
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from stack import LocalStack, eventually, fresh_key
from support.visits import at_once, balance, outcome, post

pytestmark = pytest.mark.stack

WELCOME, THREADS = 100, 16


def statement(stack: LocalStack, name: str) -> list[tuple[str, int]]:
    entries = stack.http(name).get("/v1/me/points/entries?limit=100").json()["items"]
    return [(entry["reason"], entry["points"]) for entry in reversed(entries)]


def test_forty_check_ins_at_once_count_one_day(stack: LocalStack) -> None:
    name = stack.new_member()
    ask = partial(stack.http(name).post, "/v1/me/check-ins")
    answers = at_once([ask] * 40, THREADS)
    assert Counter(map(outcome, answers)) == {"201": 1, "already-checked-in": 39}
    told = {(body["points"], body["streak"], body["next_points"]) for body in map(_json, answers)}
    assert told == {(1, 1, 2)}
    assert statement(stack, name) == [("welcome", WELCOME), ("check-in", 1)]
    assert balance(stack, name)["available"] == WELCOME + 1
    shown = stack.http(name).get("/v1/me/check-ins").json()
    assert (len(shown["days"]), shown["streak"]) == (1, 1)


def test_one_request_for_a_task_asked_twenty_times_at_once_has_one_effect(
    stack: LocalStack,
) -> None:
    name, key = stack.new_member(), fresh_key()
    ask = partial(post, stack.http(name), "/v1/me/tasks/survey/completions", {}, key)
    answers = at_once([ask] * 20, THREADS)
    assert Counter(map(outcome, answers)) == {"201": 20}
    assert len({answer.text for answer in answers}) == 1
    assert balance(stack, name)["available"] == WELCOME + 30


def test_twenty_requests_for_a_daily_task_give_it_once(stack: LocalStack) -> None:
    name = stack.new_member()
    path = "/v1/me/tasks/share-link/completions"
    asks = [partial(post, stack.http(name), path, {}, fresh_key()) for _ in range(20)]
    answers = at_once(asks, THREADS)
    assert Counter(map(outcome, answers)) == {"201": 1, "limit-reached": 19}
    assert balance(stack, name)["available"] == WELCOME + 10


def test_a_cap_holds_however_many_references_come_at_once(stack: LocalStack) -> None:
    name = stack.new_member()
    path = f"/v1/members/{stack.member_id(name)}/tasks/review-product/completions"
    asks = [
        partial(post, stack.http("shop"), path, {"reference": f"P{number}"}, fresh_key())
        for number in range(20)
    ]
    answers = at_once(asks, THREADS)
    assert Counter(map(outcome, answers)) == {"201": 5, "limit-reached": 15}
    assert balance(stack, name)["available"] == WELCOME + 5 * 20


def test_a_merchants_word_comes_by_its_own_route_and_nobody_elses(stack: LocalStack) -> None:
    name = stack.new_member()
    path = f"/v1/members/{stack.member_id(name)}/tasks/review-product/completions"
    mine = post(stack.http(name), path, {"reference": "P1"})
    assert (mine.status_code, outcome(mine)) == (403, "forbidden")
    assert stack.http().post(path, json={}).status_code == 401


def test_a_friends_first_purchase_rewards_both_and_its_refund_takes_it_back(
    stack: LocalStack,
) -> None:
    referrer, friend = stack.new_member(), stack.new_member()
    code = stack.http(referrer).get("/v1/me/referral").raise_for_status().json()["code"]
    post(stack.http(friend), "/v1/me/referral", {"code": code}).raise_for_status()
    order_id = f"T-{uuid4().hex}"
    for _ in range(3):
        tell(stack, "order.paid", paid(stack, friend, order_id, code))

    has(stack, friend, WELCOME + 80 + 500)
    has(stack, referrer, WELCOME + 500 + 50)
    stack.settle()
    assert sorted(statement(stack, referrer)) == [
        ("referral", 500),
        ("task", 50),
        ("welcome", WELCOME),
    ]
    now = datetime.now(UTC).isoformat()
    for _ in range(2):
        tell(stack, "order.cancelled", {"order_id": order_id, "cancelled_at": now})

    has(stack, friend, WELCOME)
    has(stack, referrer, WELCOME)
    shown = stack.http(referrer).get("/v1/me/referral").json()
    assert (shown["earned"], shown["friends"][0]["status"]) == (0, "waiting")


def paid(stack: LocalStack, name: str, order_id: str, shared_by: str) -> dict[str, Any]:
    return {
        "order_id": order_id,
        "member_id": stack.member_id(name),
        "shared_by": shared_by,
        "currency": "CNY",
        "lines": [{"sku": "S1", "category": "tea", "quantity": 1, "amount": "80.00"}],
        "paid_at": datetime.now(UTC).isoformat(),
    }


def tell(stack: LocalStack, kind: str, data: dict[str, Any]) -> None:
    news = {"type": kind, "timestamp": datetime.now(UTC).isoformat(), "data": data}
    stack.post_webhook("standard", news).raise_for_status()


def has(stack: LocalStack, name: str, points: int) -> None:
    """Wait until a member has so many points."""

    def look() -> None:
        found = balance(stack, name)
        assert found["available"] - found["debt"] == points, found

    eventually(look)


def _json(answer: Any) -> dict[str, Any]:
    body: dict[str, Any] = answer.json()
    return body
