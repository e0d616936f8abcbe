"""What members climb by, counted by months, apart from the points that they can spend.

A purchase counts in the month in which it was paid, for as long as a window holds that month. Its
refunds lower that same month, whenever they come.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from loyalty.domain.calendar import month_end
from loyalty.domain.tier import TierBasis, TierRules, TierWindow

ZERO = Decimal(0)
MONTHS_KEPT = 24
"""Months that stay apart: a year's window, and its grace of a year at most; the rest is a sum."""


def month_of(day: date) -> str:
    """Return a day's month, as counts name it.

    >>> month_of(date(2026, 11, 21))
    '2026-11'
    """
    return f"{day:%Y-%m}"


def months_before(day: date, months: int) -> str:
    """Return the month that lies so many months before a day's.

    >>> months_before(date(2026, 11, 21), 11)
    '2025-12'
    """
    counted = day.year * 12 + day.month - 1 - months
    return f"{counted // 12:04d}-{counted % 12 + 1:02d}"


def window_end(window: TierWindow, day: date) -> date:
    """Return the last day of the window that a day lies in: then it is decided who stays.

    What is counted for life is looked at when a year ends.
    """
    is_rolling = window is TierWindow.ROLLING_12_MONTHS
    return month_end(day.year, day.month if is_rolling else 12)


@dataclass(frozen=True, slots=True)
class Tally:
    """A sum by months; ``earlier``: what lies too far back to be kept by months."""

    months: Mapping[str, Decimal] = field(default_factory=dict)
    earlier: Decimal = ZERO

    def plus(self, month: str, amount: Decimal, today: date) -> "Tally":
        """Return the tally with an amount more (negative: less) in a month."""
        oldest = months_before(today, MONTHS_KEPT)
        all_months = {**self.months, month: self.months.get(month, ZERO) + amount}
        kept = {name: sum_ for name, sum_ in all_months.items() if name > oldest and sum_}
        folded = sum((sum_ for name, sum_ in all_months.items() if name <= oldest), ZERO)
        return Tally(kept, self.earlier + folded)

    def within(self, window: TierWindow, day: date) -> Decimal:
        """Return what the window that a day lies in holds, up to the end of the day's month."""
        match window:
            case TierWindow.LIFETIME:
                return sum(self.months.values(), self.earlier)
            case TierWindow.CALENDAR_YEAR:
                first = f"{day.year:04d}-01"
            case TierWindow.ROLLING_12_MONTHS:
                first = months_before(day, 11)
        held = (n for month, n in self.months.items() if first <= month <= month_of(day))
        return sum(held, ZERO)


@dataclass(frozen=True, slots=True)
class TierCount:
    """A member's counts, and when the member's tier is to be looked at next.

    ``kept_through``: the end of the window until which the tier is safe; ``warned_through``: the
    one whose end the member was warned of. ``version`` guards the row; 0: no row yet.
    """

    member_id: str
    money: Tally = field(default_factory=Tally)
    points: Tally = field(default_factory=Tally)
    kept_through: date | None = None
    warned_through: date | None = None
    assess_on: date | None = None
    version: int = 0

    def within(self, rules: TierRules, day: date) -> Decimal:
        """Return what counts in the window that a day lies in."""
        tally = self.points if rules.basis is TierBasis.POINTS else self.money
        return tally.within(rules.window, day)

    def recounted(self, before: "Counted", after: "Counted", today: date) -> "TierCount":
        """Return the counts after one thing counts otherwise than before."""
        money = self.money.plus(before.month, -before.money, today)
        points = self.points.plus(before.month, -before.points, today)
        return replace(
            self,
            money=money.plus(after.month, after.money, today),
            points=points.plus(after.month, after.points, today),
        )


@dataclass(frozen=True, slots=True)
class Counted:
    """What one purchase, or one task, counts: so that it counts once, however often it is told.

    ``fact`` is its partition or entry in the ledger. ``version`` guards the row; 0: no row yet.
    """

    fact: str
    member_id: str = ""
    month: str = ""
    money: Decimal = ZERO
    points: Decimal = ZERO
    version: int = 0
