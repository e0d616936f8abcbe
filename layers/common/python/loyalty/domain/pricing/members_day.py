"""Members' day: days on which everything costs a part of its price."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MembersDay:
    """``percent`` of every price, on days of the month, and on days of the week (1 is Monday)."""

    percent: int
    days_of_month: tuple[int, ...] = ()
    weekdays: tuple[int, ...] = ()

    def holds(self, day: date) -> bool:
        """Tell whether a day is members' day.

        >>> MembersDay(90, days_of_month=(8,)).holds(date(2026, 12, 8))
        True
        """
        return day.day in self.days_of_month or day.isoweekday() in self.weekdays
