from dataclasses import replace
from datetime import timedelta

from contract.rows import LATER, NOW, SOON, fenced, refusal
from loyalty.domain.packet import PacketClaim, RedPacket
from loyalty.domain.writes import AddClaim, ChangePacket, CountPacket, OpenPacket
from support.stored import Stored

DAY = NOW.date()
PACKET = RedPacket(
    "rp_1",
    10,
    (3, 7),
    made_at=NOW,
    expires_at=NOW + timedelta(hours=24),
    request_digest="d" * 64,
    giver="lin",
    lots={SOON: 4, LATER: 6},
)
CLAIM = PacketClaim("rp_1", "wang", 1, 3, {SOON: 3}, NOW, "k" * 64)


def test_a_packet_comes_back_as_it_was_made(mall: Stored) -> None:
    assert mall.packets.packet("rp_1") is None
    mall.store.commit([OpenPacket(PACKET)])
    assert mall.packets.packet("rp_1") == PACKET
    again = OpenPacket(PACKET)
    assert refusal(mall, again) == [(again, PACKET)]


def test_a_merchants_packet_has_no_giver(mall: Stored) -> None:
    offered = replace(PACKET, giver=None, made_by="operator-1")
    mall.store.commit([OpenPacket(offered)])
    assert mall.packets.packet("rp_1") == offered


def test_two_cannot_change_a_packet_that_both_have_seen(mall: Stored) -> None:
    mall.store.commit([OpenPacket(PACKET)])
    first, _ = PACKET.claimed_by_next(NOW, DAY)
    mall.store.commit([ChangePacket(first)])
    assert mall.packets.packet("rp_1") == first
    second = ChangePacket(PACKET.closed(NOW))
    assert refusal(mall, second) == [(second, first)]


def test_a_member_claims_a_packet_once(mall: Stored) -> None:
    assert mall.packets.claim("rp_1", "wang") is None
    mall.store.commit([AddClaim(CLAIM)])
    assert mall.packets.claim("rp_1", "wang") == CLAIM
    again = AddClaim(replace(CLAIM, number=2))
    assert refusal(mall, again) == [(again, CLAIM)]


def test_claims_stand_in_the_order_in_which_they_came(mall: Stored) -> None:
    mall.store.commit([OpenPacket(PACKET)])
    claims = [replace(CLAIM, member_id=f"m{n}", number=9 - n) for n in range(1, 9)]
    for claim in claims:
        mall.store.commit([AddClaim(claim)])
    mall.store.commit([AddClaim(replace(CLAIM, packet_id="rp_2"))])
    assert mall.packets.claims("rp_1") == list(reversed(claims))


def test_packets_are_due_once_their_time_is_over_until_they_are_closed(mall: Stored) -> None:
    packets = [replace(PACKET, packet_id=f"rp_{n}") for n in range(20)]
    for packet in packets:
        mall.store.commit([OpenPacket(packet)])
    over = PACKET.expires_at
    assert list(mall.packets.due(over - timedelta(seconds=1))) == []
    assert sorted(mall.packets.due(over)) == sorted(packet.packet_id for packet in packets)
    for packet in packets[1:]:
        mall.store.commit([ChangePacket(packet.closed(over))])
    assert list(mall.packets.due(over)) == ["rp_0"]


def test_a_packet_whose_last_share_is_claimed_is_not_due(mall: Stored) -> None:
    mall.store.commit([OpenPacket(PACKET)])
    first, _ = PACKET.claimed_by_next(NOW, DAY)
    last, _ = first.claimed_by_next(NOW, DAY)
    mall.store.commit([ChangePacket(first)])
    mall.store.commit([ChangePacket(last)])
    assert mall.packets.packet("rp_1") == last
    assert list(mall.packets.due(PACKET.expires_at)) == []


def test_packets_of_a_day_are_counted_up_to_the_limit(mall: Stored) -> None:
    for number in range(2):
        mall.store.commit(fenced(CountPacket("lin", DAY, 2), fact=str(number)))
    third = CountPacket("lin", DAY, 2)
    assert refusal(mall, *fenced(third, fact="3")) == [(third, 2)]
    mall.store.commit(fenced(CountPacket("lin", DAY + timedelta(days=1), 2), fact="4"))
