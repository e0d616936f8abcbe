"""What check-ins look like from outside."""

from datetime import date
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import PlainValidator

from earn.activities.calendar import Calendar
from loyalty.api.schema import Schema


def read_month(text: object) -> date:
    """Return the first day of the month that a text names.

    Raises:
        ValueError: it names none.
    """
    named = str(text)
    try:
        if len(named) == len("2026-11"):
            return date.fromisoformat(f"{named}-01")
    except ValueError:
        pass
    raise ValueError("A month such as 2026-11 is expected.")


Month = Annotated[
    Annotated[date, PlainValidator(read_month, json_schema_input_type=str)] | None,
    Query(description="A month such as `2026-11`; the current one if it is absent."),
]


class RepairRequest(Schema):
    """A missed day of the programme's calendar."""

    date: date


class CheckInView(Schema):
    """What today gave, bonuses and all; days in a row; what the next check-in gives."""

    date: date
    points: int
    streak: int
    next_points: int


class RepairView(Schema):
    """What a repaired day cost, what it completed, and how many days in a row stand now."""

    date: date
    price: int
    points: int
    streak: int


class MarkedDayView(Schema):
    """A day that counts, what it gave, and whether it was bought."""

    date: date
    points: int
    is_repaired: bool


class CheckInsView(Schema):
    """A month's marked days; the rest is how things stand today."""

    month: str
    today: date
    checked_in_today: bool
    streak: int
    next_points: int
    days: list[MarkedDayView]
    repairable: list[date]
    repair_price: int | None

    @classmethod
    def of(cls, calendar: Calendar) -> "CheckInsView":
        """Show a month."""
        return cls(
            month=f"{calendar.month:%Y-%m}",
            today=calendar.today,
            checked_in_today=calendar.checked_in_today,
            streak=calendar.streak,
            next_points=calendar.next_points,
            days=[MarkedDayView.model_validate(day) for day in calendar.days],
            repairable=list(calendar.repairable),
            repair_price=calendar.repair_price,
        )
