"""What operators send about campaigns."""

from datetime import date, time, timedelta
from decimal import Decimal
from typing import Annotated, Self

from pydantic import AfterValidator, Field, TypeAdapter, WithJsonSchema, model_validator

from earn.rulebook.fields import Currency, Label, Money, Words
from earn.rulebook.rates import RatePoints
from earn.rulebook.tiers import TierId
from loyalty.api.schema import PointsAsked, Reason, Schema
from loyalty.domain.campaign import Terms

LONGEST = timedelta(days=731)
LONGEST_SIMULATION = timedelta(days=92)


def _without_zone(clock: time) -> time:
    if clock.tzinfo or clock.second or clock.microsecond:
        raise ValueError("An hour is written like 18:00; it is the programme's zone's.")
    return clock


Hour = Annotated[
    time,
    AfterValidator(_without_zone),
    WithJsonSchema({"type": "string", "pattern": r"^([01]\d|2[0-3]):[0-5]\d(:00)?$"}),
]
Weekday = Annotated[int, Field(strict=True, ge=1, le=7)]
Labels = Annotated[tuple[Label, ...], Field(max_length=200)]
Multiplier = Annotated[
    Decimal,
    Field(gt=1, le=100, max_digits=7, decimal_places=4),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,3}(\.\d{1,4})?$"}),
]


class HoursForm(Schema):
    """From `start` until before `end`, past midnight where the end comes first."""

    start: Hour
    end: Hour


class WindowForm(Schema):
    """The first day through the last; weekdays as in ISO 8601 (Monday is 1), none: all."""

    first_day: date
    last_day: date
    weekdays: Annotated[tuple[Weekday, ...], Field(max_length=7)] = ()
    hours: HoursForm | None = None

    @model_validator(mode="after")
    def _goes_forward(self) -> Self:
        if not timedelta(0) <= self.last_day - self.first_day < LONGEST:
            raise ValueError(f"A campaign lasts 1 to {LONGEST.days} days.")
        return self


class SpendForm(Schema):
    """`points` for each full `amount` of money spent on what counts, or for the first."""

    amount: Money
    currency: Currency
    points: PointsAsked
    repeated: bool = True


class EffectForm(Schema):
    """What a campaign gives: exactly one of the three."""

    multiplier: Multiplier | None = None
    bonus: Annotated[RatePoints, Field(ge=1)] | None = None
    spend: SpendForm | None = None

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if sum(it is not None for it in (self.multiplier, self.bonus, self.spend)) != 1:
            raise ValueError("One of multiplier, bonus and spend is wanted.")
        return self


class AudienceForm(Schema):
    """Members that meet each of the conditions that are set; none set: everybody."""

    tiers: Annotated[tuple[TierId, ...], Field(max_length=20)] = ()
    tags: Annotated[tuple[Label, ...], Field(max_length=50)] = ()
    segments: Annotated[tuple[Label, ...], Field(max_length=50)] = ()
    joined_within_days: Annotated[int, Field(strict=True, ge=1, le=3650)] | None = None


class ScopeForm(Schema):
    """Lines of one of these categories, SKUs or margin classes; none named: all lines."""

    categories: Labels = ()
    skus: Labels = ()
    margin_classes: Labels = ()


class TermsForm(Schema):
    """A campaign's terms; they are fixed when it is scheduled."""

    name: Words
    window: WindowForm
    effect: EffectForm
    audience: AudienceForm = AudienceForm()
    scope: ScopeForm = ScopeForm()
    priority: Annotated[int, Field(strict=True, ge=-1000, le=1000)] = 0
    stackable: bool = False
    per_member: PointsAsked | None = None
    budget: PointsAsked | None = None

    def terms(self) -> Terms:
        """Return the terms as the domain knows them."""
        return _TERMS.validate_python(self.model_dump())


_TERMS = TypeAdapter(Terms)


class Stop(Schema):
    """Why a campaign ends before its time."""

    reason: Reason


class PastDays(Schema):
    """The days whose orders are reckoned again, with the campaign."""

    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to")]

    @model_validator(mode="after")
    def _is_a_span(self) -> Self:
        if not timedelta(0) <= self.last - self.first < LONGEST_SIMULATION:
            raise ValueError(f"from and to must span 1 to {LONGEST_SIMULATION.days} days.")
        return self
