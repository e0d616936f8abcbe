"""A member puts points into a red packet: they leave at once, and never twice."""

from dataclasses import replace
from datetime import date

import pytest

from earn.packets.making import Wish, give_packet
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account, Kind
from loyalty.domain.writes import ChangeAccount
from support.books import account_of, assert_explained, available, bring, entries_of_member
from support.http import Answer, Http

PACKETS = "/v1/red-packets"
SOON, LATER = date(2026, 12, 31), date(2027, 11, 30)


def give(
    http: Http, points: int = 50, shares: int = 5, key: str = "key-00001", by: str = "lin"
) -> Answer:
    return http.post(PACKETS, {"points": points, "shares": shares}, user=by, key=key)


def test_points_leave_the_earliest_lots_at_once(http: Http, mall: MemoryMall) -> None:
    made = give(http)
    assert made.status == 201
    assert account_of(mall).lots == {LATER: 80}
    entry = entries_of_member(mall)[-1]
    assert (entry.kind, entry.lots) == (Kind.TRANSFER, {SOON: -30, LATER: -20})
    assert entry.key.entry_id == f"packet:{made.body['packet_id']}/give"
    assert entry.explanation["shares"] == 5
    assert_explained(mall)


def test_the_giver_sees_the_packet(http: Http) -> None:
    made = give(http).body
    packet_id, made_at = made.pop("packet_id"), made.pop("made_at")
    assert (packet_id.startswith("rp_"), made_at) == (True, "2026-11-21T04:00:00Z")
    assert made == {
        "status": "open",
        "shares": 5,
        "claimed_shares": 0,
        "points": 50,
        "claimed_points": 0,
        "returned_points": 0,
        "is_own": True,
        "expires_at": "2026-11-22T04:00:00Z",
        "claims": [],
    }


def test_the_same_key_is_the_same_packet(http: Http, mall: MemoryMall) -> None:
    first, again = give(http), give(http)
    assert (again.status, again.body) == (201, first.body)
    assert available(mall) == 80
    packet = mall.packets.packet(first.body["packet_id"])
    assert packet and packet.version == 1


def test_another_packet_under_the_key_is_refused(http: Http, mall: MemoryMall) -> None:
    give(http)
    refused = give(http, points=51)
    assert (refused.status, refused.problem) == (422, "idempotency-key-reused")
    assert available(mall) == 80


def test_a_packet_whose_answer_was_lost_is_found_by_its_key(http: Http, mall: MemoryMall) -> None:
    mall.store.lose_next_reply()
    made = give(http, points=130, shares=1)
    assert made.status == 201
    assert give(http, points=130, shares=1).body == made.body
    assert available(mall) == 0


@pytest.mark.parametrize(
    ("points", "shares", "field"),
    [(201, 5, "points"), (100, 21, "shares"), (4, 5, "shares"), (0, 1, "points"), (5, 0, "shares")],
)
def test_a_packet_beyond_the_rules_is_refused(
    http: Http, mall: MemoryMall, points: int, shares: int, field: str
) -> None:
    refused = give(http, points, shares)
    assert (refused.status, refused.problem) == (422, "invalid")
    assert refused.body["errors"][0]["field"] == field
    assert available(mall) == 130


def test_nobody_gives_what_is_not_there(http: Http, mall: MemoryMall) -> None:
    refused = give(http, points=131)
    assert (refused.status, refused.problem) == (409, "insufficient-points")
    assert refused.body["short_by"] == 1
    assert available(mall) == 130


def test_a_frozen_account_gives_nothing(http: Http, mall: MemoryMall) -> None:
    before = account_of(mall)
    frozen = replace(before, frozen_at=mall.clock.now())
    mall.store.commit([ChangeAccount(before, frozen)])
    refused = give(http)
    assert (refused.status, refused.problem) == (409, "account-frozen")


def test_a_member_gives_so_many_packets_a_day(http: Http, mall: MemoryMall) -> None:
    for number in range(3):
        assert give(http, 1, 1, f"key-{number:05}").status == 201
    refused = give(http, 1, 1, "key-00009")
    assert (refused.status, refused.problem) == (409, "limit-reached")
    assert (refused.body["limit"], refused.body["period"]) == (3, "day")
    assert give(http, 1, 1, "key-00000").status == 201
    assert available(mall) == 127
    mall.clock.travel(days=1)
    assert give(http, 1, 1, "key-00009").status == 201


def test_a_packet_beaten_to_the_account_is_made_of_what_is_there_then(
    http: Http, mall: MemoryMall
) -> None:
    mall.store.before_next_commit(lambda: bring(mall, {SOON: 10}))
    made = give(http)
    packet = mall.packets.packet(made.body["packet_id"])
    assert packet and packet.lots == {SOON: 40, LATER: 10}
    assert_explained(mall)


def test_the_last_points_go_into_one_packet_only(http: Http, mall: MemoryMall) -> None:
    mall.store.before_next_commit(lambda: give_packet(mall, "lin", Wish(130, 1, "key-00002")))
    refused = give(http, 130, 1, "key-00001")
    assert (refused.status, refused.problem) == (409, "insufficient-points")
    assert available(mall) == 0
    assert_explained(mall)


def test_where_the_programme_knows_no_packets_there_are_none(http: Http, mall: MemoryMall) -> None:
    mall.programmes.publish(replace(mall.programmes.live(), red_packets=None))
    assert give(http).status == 404


def test_who_owes_points_has_none_to_give(http: Http, mall: MemoryMall) -> None:
    mall.store.commit([ChangeAccount(Account("wang"), Account("wang", debt=10))])
    assert give(http, by="wang").problem == "insufficient-points"
