"""Daily check-ins: which days count, how the ladder grows, and what completes a week or a month."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from loyalty.domain.calendar import month_end

DAY = timedelta(days=1)
WEEK = 7
KEPT_DAYS = 62
"""Days that a card remembers one by one: two whole months, so that a month can be completed."""

LONGEST_REPAIR = 31
"""Days back that a programme may let members repair: what a card still knows day by day."""


@dataclass(frozen=True, slots=True)
class RepairRules:
    """What a missed day costs to repair, how far back, and how many days of one month."""

    price: int = 10
    days_back: int = 7
    per_month: int = 3


@dataclass(frozen=True, slots=True)
class CheckInRules:
    """``ladder``: points of the first, the second … day in a row; its last step stays."""

    ladder: tuple[int, ...] = (1,)
    week_bonus: int = 0
    month_bonus: int = 0
    repair: RepairRules | None = None

    def points_on(self, streak: int) -> int:
        """Return what the n-th day in a row gives.

        >>> CheckInRules(ladder=(1, 2, 3)).points_on(9)
        3
        """
        return self.ladder[min(streak, len(self.ladder)) - 1]


@dataclass(frozen=True, slots=True)
class CheckInCard:
    """The days that a member came. ``run_before``: how many in a row ended before the first kept.

    ``repaired`` are the kept days that were bought, not come to. ``version`` 0: no row yet.
    """

    member_id: str
    days: tuple[date, ...] = ()
    repaired: tuple[date, ...] = ()
    run_before: int = 0
    version: int = 0

    def streak_on(self, day: date) -> int:
        """Return how many days in a row end with this one; 0 if it is not marked."""
        kept, length = set(self.days), 0
        while day in kept:
            length, day = length + 1, day - DAY
        reaches_back = length and day + DAY == min(kept)
        return length + (self.run_before if reaches_back else 0)

    def streak_until(self, today: date) -> int:
        """Return the days in a row that a check-in today, or the next one, goes on with."""
        return self.streak_on(today) or self.streak_on(today - DAY)

    def marked(self, day: date, *, is_repair: bool = False) -> "CheckInCard":
        """Return the card with one more day, and no more days than it keeps."""
        days = tuple(sorted({*self.days, day}))
        earliest = days[-1] - (KEPT_DAYS - 1) * DAY
        kept = tuple(one for one in days if one >= earliest)
        whole = replace(self, days=days)
        repaired = (*self.repaired, day) if is_repair else self.repaired
        return replace(
            self,
            days=kept,
            repaired=tuple(sorted(one for one in repaired if one >= earliest)),
            run_before=whole.streak_on(kept[0] - DAY) if kept != days else self.run_before,
            version=self.version + 1,
        )

    def completes_week(self, day: date) -> bool:
        """Whether marking this day completes one more week in a row.

        A repaired day may join two runs; what each of them had completed is not completed again.
        """
        before, after = self.streak_on(day - DAY), self._run_from(day + DAY)
        return (before + 1 + after) // WEEK > before // WEEK + after // WEEK

    def completes_month(self, day: date) -> bool:
        """Whether marking this day makes its month a full one."""
        return set(days_of_month(day)) <= {*self.days, day}

    def repaired_in(self, month: date) -> int:
        """Return how many days of a month were repaired."""
        return sum((one.year, one.month) == (month.year, month.month) for one in self.repaired)

    def _run_from(self, day: date) -> int:
        kept, length = set(self.days), 0
        while day in kept:
            length, day = length + 1, day + DAY
        return length


def days_of_month(day: date) -> Iterable[date]:
    """Yield the days of a day's month."""
    last = month_end(day.year, day.month).day
    return (day.replace(day=number) for number in range(1, last + 1))
