"""Use cases of whoever looks at a red packet."""

from collections.abc import Sequence
from dataclasses import dataclass

from earn.packets.claiming import existing
from loyalty.domain.packet import PacketClaim, PacketStatus, RedPacket
from loyalty.ports import Mall


@dataclass(frozen=True, slots=True)
class Sight:
    """A packet as somebody may see it: all claims its giver, one's own whoever else."""

    packet: RedPacket
    status: PacketStatus
    claims: Sequence[PacketClaim]
    is_makers: bool


def show_packet(mall: Mall, member_id: str, packet_id: str) -> Sight:
    """Return a packet as a member may see it; who has its id may know that it is there.

    Raises:
        NotFound: there is no such packet.
    """
    packet = existing(mall, packet_id)
    if packet.giver == member_id:
        return sight_of(mall, packet)
    own = mall.packets.claim(packet_id, member_id)
    status = packet.status_at(mall.clock.now())
    return Sight(packet, status, [own] if own else [], is_makers=False)


def show_to_operators(mall: Mall, packet_id: str) -> Sight:
    """Return a packet with all that was claimed.

    Raises:
        NotFound: there is no such packet.
    """
    return sight_of(mall, existing(mall, packet_id))


def sight_of(mall: Mall, packet: RedPacket) -> Sight:
    """Return a packet as its giver sees it."""
    status, claims = packet.status_at(mall.clock.now()), mall.packets.claims(packet.packet_id)
    return Sight(packet, status, claims, is_makers=True)
