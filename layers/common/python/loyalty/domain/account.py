"""The points account: lots that expire, holds, a debt. Every act on it is a pure function.

An act takes the account and the programme's day and returns an `Outcome`: the account after it
and the postings that explain it, one per entry to be written. Nothing here knows keys or clocks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType

Lots = Mapping[date, int]


def no_lots() -> Lots:
    """Return lots of which there are none (a factory: Python 3.11 takes no mapping as default)."""
    return MappingProxyType({})


class Kind(StrEnum):
    """What an entry records."""

    EARN = "earn"
    MATURE = "mature"
    SPEND = "spend"
    HOLD = "hold"
    CAPTURE = "capture"
    RELEASE = "release"
    RETURN = "return"
    CLAW_BACK = "claw_back"
    LAPSE = "lapse"
    ADJUST = "adjust"
    IMPORT = "import"
    TRANSFER = "transfer"


class TornRead(Exception):
    """Two things read one after the other do not fit: somebody else acted in between.

    A hold that another process has released is no longer in the account that is read after it.
    """


@dataclass(frozen=True, slots=True)
class Account:
    """What a member has. Points; lots by their last valid day, earliest first."""

    member_id: str
    lots: Lots = field(default_factory=no_lots)
    held: int = 0
    pending: int = 0
    debt: int = 0
    frozen_at: datetime | None = None
    version: int = 0

    def __post_init__(self) -> None:
        assert all(points > 0 for points in self.lots.values()), "a lot holds points, or is gone"
        if min(self.held, self.pending, self.debt) < 0:
            raise TornRead("counters are never negative")

    def available_on(self, today: date) -> int:
        """Return the points in lots whose day has not passed: exact however late a sweep is."""
        return sum(points for day, points in self.lots.items() if day >= today)

    def live_lots(self, today: date) -> dict[date, int]:
        """Return the lots that can still be spent, earliest first."""
        return {day: points for day, points in sorted(self.lots.items()) if day >= today}

    @property
    def next_expiry(self) -> date | None:
        """The day of the earliest lot, absent without lots."""
        return min(self.lots, default=None)


@dataclass(frozen=True, slots=True)
class Posting:
    """One entry's effect: signed deltas of the account, and of each lot touched."""

    kind: Kind
    lots: Lots = field(default_factory=no_lots)
    held: int = 0
    pending: int = 0
    debt: int = 0
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def available(self) -> int:
        """The change of the points in lots."""
        return sum(self.lots.values())


@dataclass(frozen=True, slots=True)
class Outcome:
    """The account after an act, and what happened, in order: lapses first, the act, more lapses."""

    account: Account
    postings: tuple[Posting, ...]

    def then(self, posting: Posting) -> "Outcome":
        """Apply one more posting."""
        return Outcome(apply(self.account, posting), (*self.postings, posting))


def unchanged(account: Account) -> Outcome:
    """Return the outcome of nothing having happened yet."""
    return Outcome(account, ())


def apply(account: Account, posting: Posting) -> Account:
    """Return the account with a posting's deltas added: also how an account is rebuilt."""
    lots = dict(account.lots)
    for day, points in posting.lots.items():
        lots[day] = lots.get(day, 0) + points
    return replace(
        account,
        lots=MappingProxyType({day: lots[day] for day in sorted(lots) if lots[day]}),
        held=account.held + posting.held,
        pending=account.pending + posting.pending,
        debt=account.debt + posting.debt,
    )


def draw(lots: Lots, points: int) -> dict[date, int]:
    """Return up to ``points`` out of lots, earliest-expiring first.

    >>> draw({date(2027, 1, 31): 5, date(2026, 12, 31): 3}, 4)
    {datetime.date(2026, 12, 31): 3, datetime.date(2027, 1, 31): 1}
    """
    taken: dict[date, int] = {}
    for day in sorted(lots):
        if points <= 0:
            break
        taken[day] = min(points, lots[day])
        points -= taken[day]
    return taken
