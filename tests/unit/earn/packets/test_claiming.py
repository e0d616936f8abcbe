"""Shares of a red packet are taken once each, once a member, and their points keep their day."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from earn.packets.claiming import claim_packet
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account, Kind
from loyalty.domain.welcome import WelcomeRules
from loyalty.domain.writes import ChangeAccount
from support.books import account_of, assert_explained, available, bring, entries_of_member
from support.http import Answer, Http

PACKETS = "/v1/red-packets"
SOON, LATER = date(2026, 12, 31), date(2027, 11, 30)


@pytest.fixture
def packet(http: Http) -> str:
    """Lin's packet of 50 points in 5 shares."""
    made = http.post(PACKETS, {"points": 50, "shares": 5}, user="lin", key="key-00001")
    return str(made.body["packet_id"])


def claim(http: Http, packet: str, by: str = "wang", key: str = "claim-001") -> Answer:
    return http.post(f"{PACKETS}/{packet}/claims", user=by, key=key)


def look(http: Http, packet: str, by: str = "wang") -> Any:
    return http.get(f"{PACKETS}/{packet}", user=by).body


def test_a_share_comes_with_the_days_that_its_points_had(
    http: Http, mall: MemoryMall, packet: str
) -> None:
    taken = claim(http, packet)
    assert taken.status == 201
    stored = mall.packets.packet(packet)
    assert stored and taken.body["points"] == stored.shares[0]
    lots = {date.fromisoformat(lot["expires_on"]): lot["points"] for lot in taken.body["lots"]}
    assert account_of(mall, "wang").lots == lots
    assert min(lots) == SOON
    (entry,) = entries_of_member(mall, "wang")
    assert (entry.kind, entry.reason) == (Kind.TRANSFER, "red-packet")
    assert entry.key.entry_id == taken.body["entry_id"] == f"packet:{packet}/claim:wang"
    assert entry.explanation["giver"] == "lin"
    assert_explained(mall, "wang")


def test_all_shares_make_up_the_packet_and_then_nothing_is_left(
    http: Http, mall: MemoryMall, packet: str
) -> None:
    taken = [claim(http, packet, f"m{n}").body["points"] for n in range(5)]
    assert sum(taken) == 50
    assert min(taken) >= 1
    refused = claim(http, packet, "late")
    assert (refused.status, refused.problem) == (409, "not-allowed-now")
    assert refused.body["current_status"] == "all_claimed"
    lots = Counter[date]()
    for number in range(5):
        lots.update(account_of(mall, f"m{number}").lots)
    assert lots == {SOON: 30, LATER: 20}


def test_a_member_takes_one_share_and_the_same_key_finds_it(
    http: Http, mall: MemoryMall, packet: str
) -> None:
    first, again = claim(http, packet), claim(http, packet)
    assert (again.status, again.body) == (201, first.body)
    refused = claim(http, packet, key="claim-002")
    assert (refused.status, refused.problem) == (409, "already-claimed")
    assert refused.body["points"] == first.body["points"]
    assert available(mall, "wang") == first.body["points"]
    assert look(http, packet)["claimed_shares"] == 1


def test_a_claim_is_found_by_its_key_when_the_packet_is_long_over(
    http: Http, mall: MemoryMall, packet: str
) -> None:
    first = claim(http, packet)
    mall.clock.travel(days=3)
    assert claim(http, packet).body == first.body
    assert claim(http, packet, key="claim-002").problem == "already-claimed"


def test_a_claim_whose_answer_was_lost_is_not_taken_again(
    http: Http, mall: MemoryMall, packet: str
) -> None:
    mall.store.lose_next_reply()
    taken = claim(http, packet)
    assert taken.status == 201
    assert claim(http, packet).body == taken.body
    assert look(http, packet, "lin")["claimed_points"] == available(mall, "wang")


def test_two_who_come_at_once_get_different_shares(
    http: Http, mall: MemoryMall, packet: str
) -> None:
    mall.store.before_next_commit(lambda: claim_packet(mall, "mei", packet, "k"))
    assert claim(http, packet).status == 201
    stored = mall.packets.packet(packet)
    assert stored and stored.claimed == 2
    assert available(mall, "mei") == stored.shares[0]
    assert available(mall, "wang") == stored.shares[1]


def test_one_member_on_two_devices_gets_one_share(
    http: Http, mall: MemoryMall, packet: str
) -> None:
    mall.store.before_next_commit(lambda: claim_packet(mall, "wang", packet, "k"))
    assert claim(http, packet).problem == "already-claimed"
    assert look(http, packet)["claimed_shares"] == 1


def test_the_last_share_goes_to_one_of_two(http: Http, mall: MemoryMall, packet: str) -> None:
    for number in range(4):
        claim(http, packet, f"m{number}")
    mall.store.before_next_commit(lambda: claim_packet(mall, "mei", packet, "k"))
    assert claim(http, packet).problem == "not-allowed-now"
    assert available(mall, "mei") > 0
    assert available(mall, "wang") == 0


def test_ones_own_packet_is_for_others(http: Http, mall: MemoryMall, packet: str) -> None:
    refused = claim(http, packet, "lin")
    assert (refused.status, refused.problem) == (409, "not-eligible")
    assert refused.body["reasons"] == ["own-packet"]
    rules = mall.programmes.live().red_packets
    assert rules
    mall.programmes.publish(
        replace(mall.programmes.live(), red_packets=replace(rules, giver_may_claim=True))
    )
    assert claim(http, packet, "lin").status == 201
    assert_explained(mall)


def test_a_frozen_account_takes_nothing(http: Http, mall: MemoryMall, packet: str) -> None:
    mall.store.commit([ChangeAccount(Account("wang"), Account("wang", frozen_at=mall.clock.now()))])
    refused = claim(http, packet)
    assert (refused.status, refused.problem) == (409, "account-frozen")
    assert look(http, packet)["claimed_shares"] == 0


def test_a_share_repays_a_debt_first(http: Http, mall: MemoryMall, packet: str) -> None:
    mall.store.commit([ChangeAccount(Account("wang"), Account("wang", debt=1_000))])
    points = claim(http, packet).body["points"]
    assert (account_of(mall, "wang").debt, available(mall, "wang")) == (1_000 - points, 0)
    (entry,) = entries_of_member(mall, "wang")
    assert (entry.debt, entry.points, entry.explanation["debt_repaid"]) == (-points, 0, points)


def test_when_its_time_is_over_nothing_is_taken_swept_or_not(
    http: Http, mall: MemoryMall, packet: str
) -> None:
    mall.clock.travel(days=1)
    refused = claim(http, packet)
    assert (refused.problem, refused.body["current_status"]) == ("not-allowed-now", "expired")


def test_points_whose_day_passes_while_the_packet_is_open_lapse_with_who_takes_them(
    http: Http, mall: MemoryMall
) -> None:
    bring(mall, {mall.clock.now().date(): 10}, "mei")
    body = {"points": 10, "shares": 1}
    made = http.post(PACKETS, body, user="mei", key="key-00001").body
    mall.clock.travel(hours=20)
    taken = claim(http, made["packet_id"])
    assert taken.body["points"] == 10
    assert available(mall, "wang") == 0
    assert [entry.kind for entry in entries_of_member(mall, "wang")] == [
        Kind.TRANSFER,
        Kind.LAPSE,
    ]
    assert_explained(mall, "wang")


def test_who_has_no_share_sees_that_it_is_there_and_not_how_much(http: Http, packet: str) -> None:
    claim(http, packet, "mei")
    seen = look(http, packet)
    assert (seen["status"], seen["shares"], seen["claimed_shares"]) == ("open", 5, 1)
    assert (seen["points"], seen["claimed_points"], seen["claims"]) == (None, None, [])


def test_who_has_a_share_sees_that_and_the_giver_sees_all(http: Http, packet: str) -> None:
    for name in ("mei", "wang"):
        claim(http, packet, name)
    assert [one["member_id"] for one in look(http, packet)["claims"]] == ["wang"]
    seen = look(http, packet, "lin")
    assert [one["member_id"] for one in seen["claims"]] == ["mei", "wang"]
    assert seen["claimed_points"] == sum(one["points"] for one in seen["claims"])


def test_a_packet_that_is_not_there_is_not_found(http: Http) -> None:
    assert claim(http, "rp_nothing").status == 404
    assert http.get(f"{PACKETS}/rp_nothing", user="lin").status == 404


def test_who_comes_for_the_first_time_by_a_red_packet_joins_and_is_welcome(
    http: Http, mall: MemoryMall, packet: str
) -> None:
    welcome = replace(mall.programmes.live(), welcome=WelcomeRules(points=100))
    mall.programmes.publish(welcome)
    share = claim(http, packet, "new").body["points"]
    assert mall.members.member("new")
    assert available(mall, "new") == 100 + share
    assert_explained(mall, "new")
