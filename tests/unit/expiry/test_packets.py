"""What nobody took of a red packet goes home, once, each point to its own lot."""

import json
from dataclasses import replace
from datetime import date

import pytest

from earn.packets.claiming import claim_packet
from earn.packets.making import Wish, give_packet
from expiry.packets import queue_packets, return_packet
from expiry.queue_handler import take_batch
from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.domain.account import Kind
from loyalty.domain.errors import NotAllowedNow
from loyalty.domain.member import Member
from loyalty.domain.packet import PacketRules, RedPacket
from loyalty.domain.writes import AddMember, ChangeAccount
from member.reconciling import reconcile_member
from support.books import account_of, assert_explained, available, bring, entries_of_member

SOON, LATER = date(2026, 12, 31), date(2027, 11, 30)


@pytest.fixture
def mall() -> MemoryMall:
    mall = MemoryMall(replace(ONE_YUAN_A_POINT, red_packets=PacketRules()))
    bring(mall, {SOON: 30, LATER: 100})
    for name in ("wang", "mei"):
        mall.store.commit([AddMember(Member(name, mall.clock.now()))])
    return mall


@pytest.fixture
def packet(mall: MemoryMall) -> RedPacket:
    """Lin's packet of 50 points in 5 shares, of which Wang has had one."""
    made = give_packet(mall, "lin", Wish(50, 5, "key-00001"))
    claim_packet(mall, "wang", made.packet_id, "key-00001")
    return made


def test_before_its_time_nothing_goes_home(mall: MemoryMall, packet: RedPacket) -> None:
    mall.clock.travel(hours=23)
    assert queue_packets(mall) == 0
    assert return_packet(mall, packet.packet_id) == 0
    assert available(mall) == 80


def test_the_rest_goes_home_to_its_own_lots_once(mall: MemoryMall, packet: RedPacket) -> None:
    taken = account_of(mall, "wang").lots
    mall.clock.travel(days=1)
    assert queue_packets(mall) == 1
    assert mall.packet_queue.packets == [packet.packet_id]
    assert return_packet(mall, packet.packet_id) == 50 - sum(taken.values())
    assert return_packet(mall, packet.packet_id) == 0
    assert queue_packets(mall) == 0
    assert account_of(mall).lots == {
        day: points - taken.get(day, 0)
        for day, points in {SOON: 30, LATER: 100}.items()
        if points > taken.get(day, 0)
    }
    entry = entries_of_member(mall)[-1]
    assert (entry.kind, entry.reason) == (Kind.TRANSFER, "red-packet-returned")
    assert entry.explanation["unclaimed_shares"] == 4


def test_what_has_lapsed_meanwhile_lapses_at_home(mall: MemoryMall) -> None:
    rules = PacketRules(hours=24 * 60)
    mall.programmes.publish(replace(mall.programmes.live(), red_packets=rules))
    made = give_packet(mall, "lin", Wish(50, 5, "key-00001"))
    mall.clock.travel(days=60)
    assert return_packet(mall, made.packet_id) == 50
    assert account_of(mall).lots == {LATER: 100}
    kinds = [entry.kind for entry in entries_of_member(mall)[-2:]]
    assert kinds == [Kind.TRANSFER, Kind.LAPSE]
    assert_explained(mall)


def test_a_frozen_account_gets_its_own_points_back(mall: MemoryMall, packet: RedPacket) -> None:
    before = account_of(mall)
    frozen = replace(before, frozen_at=mall.clock.now())
    mall.store.commit([ChangeAccount(before, frozen)])
    mall.clock.travel(days=1)
    assert return_packet(mall, packet.packet_id) > 0
    assert account_of(mall).frozen_at
    assert not reconcile_member(mall, "lin").differences


def test_a_return_whose_answer_was_lost_is_made_once(mall: MemoryMall, packet: RedPacket) -> None:
    mall.clock.travel(days=1)
    mall.store.lose_next_reply()
    with pytest.raises(Exception, match="Busy"):
        return_packet(mall, packet.packet_id)
    assert return_packet(mall, packet.packet_id) == 0
    assert available(mall) + available(mall, "wang") == 130


def test_a_claim_and_the_return_that_meet_are_told_apart_by_the_clock(
    mall: MemoryMall, packet: RedPacket
) -> None:
    mall.clock.travel(hours=23)

    def it_is_over() -> None:
        mall.clock.travel(hours=1)
        return_packet(mall, packet.packet_id)

    mall.store.before_next_commit(it_is_over)
    with pytest.raises(NotAllowedNow):
        claim_packet(mall, "mei", packet.packet_id, "key-00001")
    assert available(mall, "mei") == 0
    assert available(mall) + available(mall, "wang") == 130


def test_two_returns_that_meet_give_back_once(mall: MemoryMall, packet: RedPacket) -> None:
    mall.clock.travel(days=1)
    mall.store.before_next_commit(lambda: return_packet(mall, packet.packet_id))
    assert return_packet(mall, packet.packet_id) == 0
    assert available(mall) + available(mall, "wang") == 130


def test_the_queue_brings_packets_home(mall: MemoryMall, packet: RedPacket) -> None:
    bootstrap.use(mall)
    mall.clock.travel(days=1)
    body = json.dumps({"packet": packet.packet_id})
    record = {"messageId": "m-1", "eventSource": "aws:sqs", "body": body}
    assert take_batch({"Records": [record]}, None) == {"batchItemFailures": []}
    bootstrap.use(None)
    assert available(mall) + available(mall, "wang") == 130


def test_accounts_with_packets_are_what_their_entries_make_them(
    mall: MemoryMall, packet: RedPacket
) -> None:
    mall.clock.travel(days=1)
    return_packet(mall, packet.packet_id)
    for name in ("lin", "wang"):
        assert not reconcile_member(mall, name).differences
        assert_explained(mall, name)
