"""Red packets, remembered."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from loyalty.adapters.memory.rows import Change, Rows
from loyalty.domain.packet import PacketClaim, RedPacket
from loyalty.domain.writes import AddClaim, ChangePacket, CountPacket, OpenPacket

PacketWrite = OpenPacket | ChangePacket | AddClaim | CountPacket


class MemoryPackets:
    """Keeps `Packets`' promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def packet(self, packet_id: str) -> RedPacket | None:
        """Return a packet."""
        return self._rows.get(RedPacket, "packet", packet_id)

    def claim(self, packet_id: str, member_id: str) -> PacketClaim | None:
        """Return what a member took of a packet."""
        return self._rows.get(PacketClaim, "claim", packet_id, member_id)

    def claims(self, packet_id: str) -> Sequence[PacketClaim]:
        """Return all claims of a packet, the first one first."""
        claims = self._rows.under(PacketClaim, "claim", packet_id)
        return sorted(claims, key=lambda claim: claim.number)

    def due(self, now: datetime) -> Iterator[str]:
        """Yield the ids of packets whose time is over and that have something left."""
        for packet in self._rows.under(RedPacket, "packet"):
            if packet.closed_at is None and packet.expires_at <= now:
                yield packet.packet_id


def packet_changes(rows: Rows, write: PacketWrite) -> Iterator[Change]:
    """Yield what a write makes of the packets' rows."""
    match write:
        case OpenPacket(packet) | ChangePacket(packet):
            key = ("packet", packet.packet_id)
            found = rows.get(RedPacket, *key)
            seen = found.version if found else 0
            yield Change(key, found, seen == packet.version - 1, packet)
        case AddClaim(claim):
            claim_key = ("claim", claim.packet_id, claim.member_id)
            taken = rows.get(PacketClaim, *claim_key)
            yield Change(claim_key, taken, taken is None, claim)
        case CountPacket(member_id, day, limit):
            counter = ("packets", member_id, day.isoformat())
            counted = rows.get(int, *counter)
            yield Change(counter, counted, (counted or 0) < limit, (counted or 0) + 1)
