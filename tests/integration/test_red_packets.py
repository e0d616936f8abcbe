"""Many want a share of one red packet at the same moment, at the deployed mall's front door."""

from collections import Counter
from datetime import timedelta
from functools import partial
from typing import Any

import httpx
import pytest

from stack import LocalStack, fresh_key
from support.visits import at_once, balance, member_with, outcome, post

pytestmark = pytest.mark.stack

PACKETS = "/v1/red-packets"
THREADS = 24


def give(stack: LocalStack, name: str, points: int, shares: int) -> dict[str, Any]:
    made = post(stack.http(name), PACKETS, {"points": points, "shares": shares})
    packet: dict[str, Any] = made.raise_for_status().json()
    return packet


def claim(http: httpx.Client, packet: dict[str, Any], key: str | None = None) -> httpx.Response:
    return post(http, f"{PACKETS}/{packet['packet_id']}/claims", key=key)


def test_sixty_who_come_at_once_share_twenty_shares_exactly(stack: LocalStack) -> None:
    giver = member_with(stack, 1_000)
    packet = give(stack, giver, 777, 20)
    assert balance(stack, giver)["available"] == 223
    names = [stack.new_member() for _ in range(60)]
    had = balance(stack, names[0])["available"]

    answers = at_once([partial(claim, stack.http(name), packet, fresh_key()) for name in names], 60)

    assert Counter(map(outcome, answers)) == {"201": 20, "not-allowed-now": 40}
    claims = [answer.json() for answer in answers if answer.is_success]
    taken = {one["member_id"]: one["points"] for one in claims}
    assert len(taken) == 20
    assert sum(taken.values()) == 777
    seen = stack.http(giver).get(f"{PACKETS}/{packet['packet_id']}").json()
    assert seen["status"] == "all_claimed"
    assert {one["member_id"]: one["points"] for one in seen["claims"]} == taken
    has = {stack.member_id(name): balance(stack, name)["available"] - had for name in names}
    assert has == {member_id: taken.get(member_id, 0) for member_id in has}


def test_one_member_on_many_devices_gets_one_share_and_each_key_its_answer(
    stack: LocalStack,
) -> None:
    packet, name = give(stack, member_with(stack, 100), 100, 10), stack.new_member()
    had, keys = balance(stack, name)["available"], [fresh_key() for _ in range(8)]

    answers = at_once([partial(claim, stack.http(name), packet, key) for key in keys * 3], THREADS)

    counted = Counter(map(outcome, answers))
    assert counted == {"201": 3, "already-claimed": 21}
    assert len({answer.text for answer in answers if answer.is_success}) == 1
    (share,) = {answer.json()["points"] for answer in answers if answer.is_success}
    assert balance(stack, name)["available"] == had + share


def test_the_last_points_go_into_one_of_two_packets(stack: LocalStack) -> None:
    name = member_with(stack, 100)
    body = {"points": 100, "shares": 5}
    asks = [partial(post, stack.http(name), PACKETS, body, fresh_key()) for _ in range(7)]
    answers = at_once(asks, 7)
    assert Counter(map(outcome, answers)) == {"201": 1, "insufficient-points": 6}
    assert balance(stack, name)["available"] == 0


def test_when_its_time_is_over_the_rest_goes_home_by_the_sweep(stack: LocalStack) -> None:
    giver, taker, late = member_with(stack, 100), stack.new_member(), stack.new_member()
    packet = give(stack, giver, 60, 3)
    share = claim(stack.http(taker), packet).raise_for_status().json()["points"]
    stack.clock.set(stack.clock.now() + timedelta(hours=25))

    assert outcome(claim(stack.http(late), packet)) == "not-allowed-now"
    stack.sweep()
    stack.sweep()

    assert balance(stack, giver)["available"] == 100 - share
    path = f"{PACKETS}/{packet['packet_id']}"
    seen = stack.http(giver).get(path).json()
    assert (seen["status"], seen["returned_points"]) == ("returned", 60 - share)
    entries = stack.http(giver).get("/v1/me/points/entries?kind=transfer").json()["items"]
    assert [entry["points"] for entry in entries] == [60 - share, -60]
    member_id = stack.member_id(giver)
    compared = stack.http("auditor").get(f"/v1/admin/members/{member_id}/reconciliation").json()
    assert compared["is_equal"], compared


def test_a_merchants_packet_issues_what_is_claimed(stack: LocalStack) -> None:
    body = {"points": 30, "shares": 2, "reason": "New year"}
    made = post(stack.http("operator"), "/v1/admin/red-packets", body).raise_for_status().json()
    names = [stack.new_member() for _ in range(3)]
    had = sum(balance(stack, name)["available"] for name in names)
    answers = at_once([partial(claim, stack.http(name), made) for name in names], 3)
    assert Counter(map(outcome, answers)) == {"201": 2, "not-allowed-now": 1}
    assert sum(balance(stack, name)["available"] for name in names) == had + 30
