"""The merchant's red packets: their points come into being as they are claimed."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from expiry.packets import return_packet
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Kind
from support.books import account_of, assert_explained, available, entries_of_member
from support.http import Answer, Http

OFFERS, PACKETS = "/v1/admin/red-packets", "/v1/red-packets"
LATER = date(2027, 11, 30)


def offer(
    http: Http, points: int = 1_000, shares: int = 4, group: str = "operator", **more: Any
) -> Answer:
    body = {"points": points, "shares": shares, "reason": "New year", **more}
    return http.post(OFFERS, body, user="o-1", groups=[group], key="key-00001")


def claim(http: Http, packet: str, by: str = "wang") -> Answer:
    return http.post(f"{PACKETS}/{packet}/claims", user=by, key="claim-001")


def test_its_points_are_fresh_ones_and_earned_by_who_claims(http: Http, mall: MemoryMall) -> None:
    packet = offer(http).body["packet_id"]
    points = claim(http, packet).body["points"]
    assert account_of(mall, "wang").lots == {LATER: points}
    (entry,) = entries_of_member(mall, "wang")
    assert (entry.kind, entry.reason) == (Kind.EARN, "red-packet")
    assert "giver" not in entry.explanation
    assert_explained(mall, "wang")


def test_it_issues_no_more_than_its_points(http: Http, mall: MemoryMall) -> None:
    packet = offer(http).body["packet_id"]
    for number in range(4):
        claim(http, packet, f"m{number}")
    assert claim(http, packet).problem == "not-allowed-now"
    assert sum(available(mall, f"m{number}") for number in range(4)) == 1_000


def test_what_nobody_takes_is_never_issued(http: Http, mall: MemoryMall) -> None:
    packet = offer(http).body["packet_id"]
    points = claim(http, packet).body["points"]
    mall.clock.travel(days=1)
    assert return_packet(mall, packet) == 1_000 - points
    seen = http.get(f"{OFFERS}/{packet}", user="a-1", groups=["auditor"]).body
    assert (seen["status"], seen["claimed_points"]) == ("returned", points)
    assert seen["returned_points"] == 1_000 - points
    assert len(mall.ledger.statement("wang").items) == 1


def test_it_is_audited_once(http: Http, mall: MemoryMall) -> None:
    first, again = offer(http), offer(http)
    assert first.body == again.body
    (record,) = mall.audit
    assert (record.act, record.actor, record.reason) == ("red-packet.offer", "o-1", "New year")
    assert record.subject == f"red-packet:{first.body['packet_id']}"
    assert record.after == {"points": 1_000, "shares": 4}


def test_another_offer_under_the_key_is_refused(http: Http) -> None:
    offer(http)
    assert offer(http, points=1_001).problem == "idempotency-key-reused"


def test_one_pair_of_eyes_issues_no_more_than_the_limit(http: Http, mall: MemoryMall) -> None:
    most = mall.programmes.live().review.four_eyes_above
    refused = offer(http, points=most + 1)
    assert (refused.status, refused.problem) == (422, "invalid")
    assert offer(http, points=most).status == 201


def test_who_made_it_takes_nothing_of_it(http: Http, mall: MemoryMall) -> None:
    packet = offer(http).body["packet_id"]
    assert claim(http, packet, "o-1").problem == "forbidden"
    assert available(mall, "o-1") == 0


@pytest.mark.parametrize("group", ["reviewer", "auditor"])
def test_only_operators_offer(http: Http, group: str) -> None:
    assert offer(http, group=group).status == 403


def test_where_the_programme_knows_no_packets_nothing_is_offered(
    http: Http, mall: MemoryMall
) -> None:
    mall.programmes.publish(replace(mall.programmes.live(), red_packets=None))
    assert offer(http).status == 404
