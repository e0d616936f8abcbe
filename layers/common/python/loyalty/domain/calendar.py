"""Days in the programme's zone. A lot is valid through its day; instants are UTC elsewhere."""

import calendar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

NEVER = date(2099, 12, 31)
"""The day that points carry which never expire (``991231`` in storage)."""


def local_day(instant: datetime, zone: str) -> date:
    """Return the day that an aware instant falls on in a zone.

    >>> from datetime import UTC
    >>> local_day(datetime(2026, 11, 21, 16, 30, tzinfo=UTC), "Asia/Shanghai")
    datetime.date(2026, 11, 22)
    """
    return instant.astimezone(ZoneInfo(zone)).date()


def month_end(year: int, month: int) -> date:
    """Return the last day of a month; months past December run on into the next years.

    >>> month_end(2027, 14)
    datetime.date(2028, 2, 29)
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def week_end(day: date) -> date:
    """Return the Sunday of a day's week (ISO 8601)."""
    return day + timedelta(days=7 - day.isoweekday())
