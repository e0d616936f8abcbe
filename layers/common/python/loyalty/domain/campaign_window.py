"""When a campaign holds: days, days of the week and hours, by the clock on the programme's wall."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Hours:
    """From one time of the day until before another; past midnight where the end comes first."""

    start: time
    end: time

    @property
    def pass_midnight(self) -> bool:
        """Whether they end on the day after the one on which they begin."""
        return self.end <= self.start


@dataclass(frozen=True, slots=True)
class Window:
    """The first day through the last; ``weekdays`` as in ISO 8601 (Monday is 1), empty: all.

    Hours belong to the day on which they begin: those of a Friday from 22:00 to 02:00 end on
    Saturday, and those of the last day on the day after.
    """

    first_day: date
    last_day: date
    weekdays: tuple[int, ...] = ()
    hours: Hours | None = None

    def holds(self, at: datetime, zone: str) -> bool:
        """Tell whether an instant lies within."""
        day = self.day_of(at, zone)
        if day is None or not self.first_day <= day <= self.last_day:
            return False
        return not self.weekdays or day.isoweekday() in self.weekdays

    def day_of(self, at: datetime, zone: str) -> date | None:
        """Return the day whose hours an instant lies in, or None between the hours."""
        local = at.astimezone(ZoneInfo(zone))
        day, clock, hours = local.date(), local.time(), self.hours
        if hours is None:
            return day
        if not hours.pass_midnight:
            return day if hours.start <= clock < hours.end else None
        if clock >= hours.start:
            return day
        return day - DAY if clock < hours.end else None

    def begins_at(self, zone: str) -> datetime:
        """Return the instant at which the first day's hours begin."""
        start = self.hours.start if self.hours else time.min
        return datetime.combine(self.first_day, start, ZoneInfo(zone))

    def ends_at(self, zone: str) -> datetime:
        """Return the instant at which the last day's hours have ended."""
        if self.hours is None:
            return datetime.combine(self.last_day + DAY, time.min, ZoneInfo(zone))
        last = self.last_day + DAY if self.hours.pass_midnight else self.last_day
        return datetime.combine(last, self.hours.end, ZoneInfo(zone))
