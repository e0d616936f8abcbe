"""What coming by every day gives."""

from typing import Annotated

from pydantic import Field

from loyalty.api.schema import Schema
from loyalty.domain.check_in import LONGEST_REPAIR

Step = Annotated[int, Field(strict=True, ge=0, le=10_000)]


class RepairRule(Schema):
    """What a missed day costs to repair, how far back, and how many days of one month."""

    price: Annotated[int, Field(strict=True, ge=1, le=100_000)] = 10
    days_back: Annotated[int, Field(strict=True, ge=1, le=LONGEST_REPAIR)] = 7
    per_month: Annotated[int, Field(strict=True, ge=1, le=31)] = 3


class CheckInsRule(Schema):
    """Points of the first, the second … day in a row; the ladder's last step stays.

    Every seventh day in a row gives the week's bonus besides, a full month the month's.
    """

    ladder: Annotated[tuple[Step, ...], Field(min_length=1, max_length=31)] = (1,)
    week_bonus: Step = 0
    month_bonus: Step = 0
    repair: RepairRule | None = None
