"""Reminders of points that are about to expire: which are due on a day, and what they tell.

A reminder is due once per lot and lead. A day without a run is caught up with the nearest lead
only: nobody is told today of what expires in seven days that it expires in thirty.
"""

from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from loyalty.domain.account import Account

YEAR_END = "year-end"
MOST_AT_ONCE = 90
"""Lots that one reminder speaks of: each is a row of one transaction."""

Fact = tuple[date, str]
"""A lot's day, and the lead that was told of it: days ahead, or the year's end."""


@dataclass(frozen=True, slots=True)
class ReminderRules:
    """How many days ahead members hear of each lot, and from when on of the whole year's.

    ``year_end_from`` is a month and a day (``12-01``), ``from_hour`` the hour of the programme's
    day before which nobody is disturbed.
    """

    days_ahead: tuple[int, ...] = (30, 7, 1)
    year_end_from: str | None = "12-01"
    from_hour: int = 9

    def horizon(self, today: date) -> date:
        """Return the last day that a reminder of today may speak of."""
        ahead = today + timedelta(days=max(self.days_ahead, default=-1))
        return max(ahead, last_of_year(today)) if self.is_year_end(today) else ahead

    def is_year_end(self, today: date) -> bool:
        """Whether the year's digest is due."""
        return self.year_end_from is not None and f"{today:%m-%d}" >= self.year_end_from

    def lead_of(self, lot: date, today: date) -> str | None:
        """Return the nearest lead that a lot has come into."""
        left = (lot - today).days
        lead = min((days for days in self.days_ahead if days >= left), default=None)
        return None if lead is None else str(lead)


@dataclass(frozen=True, slots=True)
class ExpiringLot:
    """Points of one lot, and their last valid day."""

    expires_on: date
    points: int


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a member is told at one time; ``facts`` are what it tells for good."""

    member_id: str
    at: datetime
    facts: tuple[Fact, ...]
    lots: tuple[ExpiringLot, ...]
    days_left: int

    @property
    def points(self) -> int:
        """How many points it speaks of."""
        return sum(lot.points for lot in self.lots)

    @property
    def is_year_end(self) -> bool:
        """Whether it is the year's digest."""
        return any(lead == YEAR_END for _, lead in self.facts)


def reminder_due(
    rules: ReminderRules,
    account: Account,
    today: date,
    now: datetime,
    told: AbstractSet[Fact],
) -> Reminder | None:
    """Return what a member is to be told today and was not told before, in one reminder."""
    lots = account.live_lots(today)
    ahead = [(lot, lead) for lot in lots if (lead := rules.lead_of(lot, today))]
    fresh = [fact for fact in ahead if fact not in told][:MOST_AT_ONCE]
    speaks_of = {lot for lot, _ in fresh}
    year_end = (last_of_year(today), YEAR_END)
    of_year = {lot for lot in lots if lot <= year_end[0]}
    if rules.is_year_end(today) and of_year and year_end not in told:
        fresh, speaks_of = [year_end, *fresh], speaks_of | of_year
    if not fresh:
        return None
    spoken = tuple(ExpiringLot(lot, lots[lot]) for lot in sorted(speaks_of))
    days_left = (spoken[0].expires_on - today).days
    return Reminder(account.member_id, now, tuple(fresh), spoken, days_left)


def last_of_year(today: date) -> date:
    """Return the last day of a day's year."""
    return date(today.year, 12, 31)
