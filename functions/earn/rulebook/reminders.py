"""When members are reminded of points that are about to expire."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from loyalty.api.schema import Schema


def _day_of_every_year(text: str) -> str:
    try:
        # In a year that has no 29 February.
        day = date.fromisoformat(f"2001-{text}")
    except ValueError as error:
        raise ValueError(f"{text!r} is no month and day of every year, such as 12-01.") from error
    return f"{day:%m-%d}"


def _each_once(days: tuple[int, ...]) -> tuple[int, ...]:
    if len(set(days)) < len(days):
        raise ValueError("A number of days stands here twice.")
    return days


Lead = Annotated[int, Field(strict=True, ge=0, le=365)]
MonthDay = Annotated[
    str,
    AfterValidator(_day_of_every_year),
    WithJsonSchema({"type": "string", "pattern": r"^\d{2}-\d{2}$"}),
]


class ReminderRule(Schema):
    """How many days ahead of each lot's last day, and from which day on of the whole year's."""

    days_ahead: Annotated[tuple[Lead, ...], Field(max_length=10), AfterValidator(_each_once)] = (
        30,
        7,
        1,
    )
    year_end_from: MonthDay | None = "12-01"
    from_hour: Annotated[int, Field(strict=True, ge=0, le=23)] = 9
