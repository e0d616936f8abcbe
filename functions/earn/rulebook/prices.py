"""Members' day, and how long an order waits for its money."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from loyalty.api.schema import Schema

DayOfMonth = Annotated[int, Field(strict=True, ge=1, le=31)]
Weekday = Annotated[int, Field(strict=True, ge=1, le=7)]


class MembersDayRule(Schema):
    """On these days of the month and of the week (1 is Monday) all costs ``percent`` of its price.

    A month that has no such day has no members' day by it.
    """

    percent: Annotated[int, Field(strict=True, ge=1, le=99)]
    days_of_month: Annotated[tuple[DayOfMonth, ...], Field(max_length=31)] = ()
    weekdays: Annotated[tuple[Weekday, ...], Field(max_length=7)] = ()

    @model_validator(mode="after")
    def _has_a_day(self) -> Self:
        if not (self.days_of_month or self.weekdays):
            raise ValueError("A members' day needs a day of the month or of the week.")
        return self


class PaymentRule(Schema):
    """How many minutes points and stock wait for the money of an order with a part in money."""

    minutes: Annotated[int, Field(strict=True, ge=5, le=1_440)] = 30
