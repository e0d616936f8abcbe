"""How long points live: which lot a day's points go into."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from loyalty.domain.calendar import NEVER, month_end, week_end

MOST_LOTS = 60
"""Lots that an account holds at most: what keeps it below a kilobyte."""

LONGEST_BY_WEEKS = 52 * 7
"""Validities of up to so many days round to the week's end; 60 lots cover 14 months of weeks."""


class ValidityKind(StrEnum):
    """The ways a programme may let points live."""

    ROLLING_MONTHS = "rolling_months"
    FIXED_DAYS = "fixed_days"
    NATURAL_YEAR = "natural_year"
    UNLIMITED = "unlimited"


@dataclass(frozen=True, slots=True)
class Validity:
    """Days round up to the end of a month, a week or a year, so an account holds few lots.

    ``length`` counts months, days or further years; an account holds at most 60 lots.
    """

    kind: ValidityKind = ValidityKind.ROLLING_MONTHS
    length: int = 12

    def expires_on(self, earned_on: date) -> date:
        """Return the last valid day of points earned on a day.

        >>> Validity(ValidityKind.ROLLING_MONTHS, 12).expires_on(date(2026, 11, 21))
        datetime.date(2027, 11, 30)
        >>> Validity(ValidityKind.NATURAL_YEAR, 1).expires_on(date(2026, 11, 21))
        datetime.date(2027, 12, 31)
        """
        match self.kind:
            case ValidityKind.ROLLING_MONTHS:
                return month_end(earned_on.year, earned_on.month + self.length)
            case ValidityKind.FIXED_DAYS:
                last = earned_on + timedelta(days=self.length)
                by_weeks = self.length <= LONGEST_BY_WEEKS
                return week_end(last) if by_weeks else month_end(last.year, last.month)
            case ValidityKind.NATURAL_YEAR:
                return date(earned_on.year + self.length, 12, 31)
            case ValidityKind.UNLIMITED:
                return NEVER

    @property
    def most_lots(self) -> int:
        """The most lots that points earned day after day can fill at one time.

        >>> Validity(ValidityKind.ROLLING_MONTHS, 12).most_lots
        13
        """
        match self.kind:
            case ValidityKind.ROLLING_MONTHS | ValidityKind.NATURAL_YEAR:
                return self.length + 1
            case ValidityKind.FIXED_DAYS:
                by_weeks = self.length <= LONGEST_BY_WEEKS
                return self.length // 7 + 2 if by_weeks else self.length * 12 // 365 + 2
            case ValidityKind.UNLIMITED:
                return 1
