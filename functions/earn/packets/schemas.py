"""Red packets as callers send and get them."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated

from pydantic import Field

from earn.packets.making import Wish
from earn.packets.showing import Sight
from loyalty.api.schema import Instant, PointsAsked, Reason, Schema
from loyalty.domain.packet import MOST_SHARES, PacketClaim, PacketStatus

Shares = Annotated[int, Field(strict=True, ge=1, le=MOST_SHARES)]


class PacketForm(Schema):
    """Points of one's own, for so many who come first."""

    points: PointsAsked
    shares: Shares

    def wish(self, key: str) -> Wish:
        """Return what is wanted under a key."""
        return Wish(self.points, self.shares, key)


class OfferForm(PacketForm):
    """Points of the merchant's, for so many who come first, and why."""

    reason: Reason

    def wish(self, key: str) -> Wish:
        """Return what is wanted under a key."""
        return Wish(self.points, self.shares, key, self.reason)


class PacketLot(Schema):
    """Points that share a last valid day."""

    expires_on: date
    points: int


class ClaimView(Schema):
    """A share that somebody took, and until when its points are valid."""

    packet_id: str
    member_id: str
    points: int
    lots: list[PacketLot]
    claimed_at: Instant
    entry_id: str

    @classmethod
    def of(cls, claim: PacketClaim) -> "ClaimView":
        """Show a claim."""
        return cls(
            packet_id=claim.packet_id,
            member_id=claim.member_id,
            points=claim.points,
            lots=_lots(claim.lots),
            claimed_at=claim.claimed_at,
            entry_id=f"packet:{claim.packet_id}/claim:{claim.member_id}",
        )


class PacketView(Schema):
    """A packet. What was claimed in all is its giver's to see; ``claims``: one's own, or all."""

    packet_id: str
    status: PacketStatus
    shares: int
    claimed_shares: int
    points: int | None
    claimed_points: int | None
    returned_points: int | None
    is_own: bool
    made_at: Instant
    expires_at: Instant
    claims: list[ClaimView]

    @classmethod
    def of(cls, sight: Sight) -> "PacketView":
        """Show a packet as somebody may see it."""
        packet, sees = sight.packet, sight.is_makers
        return cls(
            packet_id=packet.packet_id,
            status=sight.status,
            shares=len(packet.shares),
            claimed_shares=packet.claimed,
            points=packet.points if sees else None,
            claimed_points=packet.claimed_points if sees else None,
            returned_points=packet.returned if sees else None,
            is_own=sees,
            made_at=packet.made_at,
            expires_at=packet.expires_at,
            claims=_claims(sight.claims),
        )


def _claims(claims: Iterable[PacketClaim]) -> list[ClaimView]:
    return list(map(ClaimView.of, claims))


def _lots(lots: Mapping[date, int]) -> list[PacketLot]:
    return [PacketLot(expires_on=day, points=points) for day, points in sorted(lots.items())]
