"""Red packets."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Protocol

from loyalty.domain.packet import PacketClaim, RedPacket


class Packets(Protocol):
    """Packets, and who took what of them."""

    def packet(self, packet_id: str) -> RedPacket | None:
        """Return a packet."""
        ...

    def claim(self, packet_id: str, member_id: str) -> PacketClaim | None:
        """Return what a member took of a packet."""
        ...

    def claims(self, packet_id: str) -> Sequence[PacketClaim]:
        """Return all claims of a packet, the first one first."""
        ...

    def due(self, now: datetime) -> Iterable[str]:
        """Yield the ids of packets whose time is over and that have something left."""
        ...
