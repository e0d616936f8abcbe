"""Writes of red packets."""

from dataclasses import dataclass
from datetime import date

from loyalty.domain.packet import PacketClaim, RedPacket


@dataclass(frozen=True, slots=True)
class OpenPacket:
    """Put a packet; holds while its id is free."""

    packet: RedPacket


@dataclass(frozen=True, slots=True)
class ChangePacket:
    """Replace a packet; holds while the row's version is one less."""

    packet: RedPacket


@dataclass(frozen=True, slots=True)
class AddClaim:
    """Put a member's claim; holds while the member has none of this packet."""

    claim: PacketClaim


@dataclass(frozen=True, slots=True)
class CountPacket:
    """Count a packet of a member's on a day; holds while there are not more than the limit."""

    member_id: str
    day: date
    limit: int
