"""Birthdays: the day on which one is celebrated, and what a purchase on it earns."""

import calendar
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class BirthdayRules:
    """What multiplies the points of purchases on the member's birthday.

    ``points`` are given on the day besides, to who comes by.
    """

    multiplier: Decimal = Decimal(2)
    points: int = 0


def celebrated(birthday: date, year: int) -> date:
    """Return the day on which a birthday is celebrated in a year.

    >>> celebrated(date(2000, 2, 29), 2027), celebrated(date(2000, 2, 29), 2028)
    (datetime.date(2027, 2, 28), datetime.date(2028, 2, 29))
    """
    is_leap_day = (birthday.month, birthday.day) == (2, 29)
    if is_leap_day and not calendar.isleap(year):
        return date(year, 2, 28)
    return birthday.replace(year=year)
