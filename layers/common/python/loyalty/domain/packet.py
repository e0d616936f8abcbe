"""Red packets: points that one gives, and some take, by lot; the rest goes home."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from random import Random

from loyalty.domain.account import Lots, draw, no_lots
from loyalty.domain.entry import EntryKey

MOST_SHARES = 100
"""Shares of a packet at most: they all stand in its one row."""


@dataclass(frozen=True, slots=True)
class PacketRules:
    """What a member may give: points and shares of one packet, its hours, packets a day."""

    most_points: int = 10_000
    most_shares: int = MOST_SHARES
    hours: int = 24
    per_day: int = 10
    giver_may_claim: bool = False


class PacketStatus(StrEnum):
    """Whether there is something left to take."""

    OPEN = "open"
    ALL_CLAIMED = "all_claimed"
    EXPIRED = "expired"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class RedPacket:
    """A packet. ``giver``: the member, or None where the merchant gives and ``made_by`` made it.

    ``shares`` are drawn when it is made, in the order in which they will be claimed: nobody can
    try again for a better one. ``lots``: what is left of the points, each with its own last day.
    """

    packet_id: str
    points: int
    shares: tuple[int, ...]
    made_at: datetime
    expires_at: datetime
    request_digest: str
    giver: str | None = None
    made_by: str | None = None
    lots: Lots = field(default_factory=no_lots)
    claimed: int = 0
    returned: int = 0
    closed_at: datetime | None = None
    version: int = 1

    def __post_init__(self) -> None:
        assert sum(self.shares) == self.points, "shares make up the packet"
        left = sum(self.shares[self.claimed :])
        assert self.closed_at or sum(self.lots.values()) == left, "lots are what is left"

    @property
    def claimed_points(self) -> int:
        """Points that were claimed."""
        return sum(self.shares[: self.claimed])

    def status_at(self, now: datetime) -> PacketStatus:
        """Return how it stands at an instant, however late a sweep is."""
        if self.claimed == len(self.shares):
            return PacketStatus.ALL_CLAIMED
        if self.closed_at is not None:
            return PacketStatus.RETURNED
        return PacketStatus.EXPIRED if now >= self.expires_at else PacketStatus.OPEN

    def claimed_by_next(self, now: datetime, today: date) -> tuple["RedPacket", Lots]:
        """Return the packet without its next share, and the lots of that share.

        Points that are still valid go first, those that expire first first.
        """
        share, live = self.shares[self.claimed], {d: n for d, n in self.lots.items() if d >= today}
        taken = draw(live, share)
        passed = {day: n for day, n in self.lots.items() if day < today}
        taken |= draw(passed, share - sum(taken.values()))
        claimed = self.claimed + 1
        is_last = claimed == len(self.shares)
        after = replace(
            self,
            lots=_without(self.lots, taken),
            claimed=claimed,
            closed_at=now if is_last else None,
            version=self.version + 1,
        )
        return after, taken

    def closed(self, now: datetime) -> "RedPacket":
        """Return the packet when what is left of it has gone home."""
        rest = sum(self.lots.values())
        return replace(self, lots=no_lots(), returned=rest, closed_at=now, version=self.version + 1)

    def key_of(self, fact: str) -> EntryKey:
        """Return the key of an entry about it."""
        return EntryKey(f"packet:{self.packet_id}", fact)


@dataclass(frozen=True, slots=True)
class PacketClaim:
    """Who took which share; ``key_digest`` tells a repetition of the request."""

    packet_id: str
    member_id: str
    number: int
    points: int
    lots: Mapping[date, int]
    claimed_at: datetime
    key_digest: str


def split(points: int, shares: int, chance: Random) -> tuple[int, ...]:
    """Return shares drawn by lot: each at least 1, all of them together exactly the points.

    Each is drawn evenly from 1 to twice the mean of what is left, less 1, so whoever comes first
    may expect as much as whoever comes last; then they are shuffled, so that no place in the
    row is luckier than another.
    """
    assert 1 <= shares <= points, "everybody gets a point"
    drawn: list[int] = []
    for left in range(shares, 1, -1):
        rest = points - sum(drawn)
        drawn.append(chance.randint(1, 2 * rest // left - 1))
    drawn.append(points - sum(drawn))
    chance.shuffle(drawn)
    return tuple(drawn)


def _without(lots: Lots, taken: Lots) -> dict[date, int]:
    return {day: n - taken.get(day, 0) for day, n in lots.items() if n > taken.get(day, 0)}
