"""The programme as operators write it: what it may say, within which bounds, and its schema."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated, Self
from zoneinfo import available_timezones

from pydantic import (
    AfterValidator,
    Field,
    TypeAdapter,
    ValidationError,
    WithJsonSchema,
    model_validator,
)

from loyalty.api.schema import Schema
from loyalty.api.validation import shown
from loyalty.domain.claw_back import ClawBackPolicy
from loyalty.domain.programme import Programme, Rounding
from loyalty.domain.validity import MOST_LOTS, Validity, ValidityKind


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"{name!r} is no time zone of the IANA list, such as Asia/Shanghai.")
    return name


def _currency_code(name: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", name):
        raise ValueError(f"{name!r} is no currency code of three capital letters, such as CNY.")
    return name


TimeZone = Annotated[str, AfterValidator(_known_zone)]
Currency = Annotated[
    str,
    AfterValidator(_currency_code),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"}),
]
Label = Annotated[str, Field(min_length=1, max_length=100)]
Days = Annotated[int, Field(strict=True, ge=0, le=365)]
Points = Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)]
Money = Annotated[
    Decimal,
    Field(gt=0, max_digits=12, decimal_places=4),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,8}(\.\d{1,4})?$"}),
]


class RateRule(Schema):
    """``points`` for every ``per`` of money."""

    points: Annotated[int, Field(strict=True, ge=0, le=100_000)]
    per: Money = Decimal(1)


class CurrencyRule(Schema):
    """What a currency earns: a SKU's rate, else its category's, else the default."""

    default: RateRule
    categories: dict[Label, RateRule] = Field(default_factory=dict, max_length=500)
    skus: dict[Label, RateRule] = Field(default_factory=dict, max_length=1_000)


class ValidityRule(Schema):
    """How long points live: ``length`` counts months, days, or further years."""

    kind: ValidityKind = ValidityKind.ROLLING_MONTHS
    length: Annotated[int, Field(strict=True, ge=0, le=10_000)] = 12

    @model_validator(mode="after")
    def _fits_an_account(self) -> Self:
        lots = Validity(self.kind, self.length).most_lots
        if lots > MOST_LOTS:
            raise ValueError(
                f"a length of {self.length} would keep up to {lots} lots in an account, "
                f"and it has room for {MOST_LOTS}: choose a shorter one, or unlimited."
            )
        return self


class ReturnWindowRule(Schema):
    """Days until earned points become usable; an order waits for its slowest category."""

    days: Days = 0
    categories: dict[Label, Days] = Field(default_factory=dict, max_length=500)


class ReviewRule(Schema):
    """When a redemption of an ``auto`` item waits for a person, and for how long."""

    points_above: Points = 5_000
    account_younger_than_hours: Annotated[int, Field(strict=True, ge=0, le=87_600)] = 0
    redemptions_per_hour_above: Annotated[int, Field(strict=True, ge=0, le=100_000)] = 1_000
    four_eyes_above: Points = 100_000
    hours: Annotated[int, Field(strict=True, ge=1, le=720)] = 72


class ProgrammeDocument(Schema):
    """The rules of a merchant's loyalty programme."""

    time_zone: TimeZone
    rates: Annotated[dict[Currency, CurrencyRule], Field(max_length=50)]
    rounding: Rounding = Rounding.FLOOR
    validity: ValidityRule = ValidityRule()
    return_window: ReturnWindowRule = ReturnWindowRule()
    claw_back: ClawBackPolicy = ClawBackPolicy.DEBT
    grace_days: Days = 30
    review: ReviewRule = ReviewRule()

    def programme(self, version: int) -> Programme:
        """Return the rules under a version's number."""
        return _PROGRAMMES.validate_python({**self.model_dump(), "version": version})


_PROGRAMMES = TypeAdapter(Programme)
DIALECT = "https://json-schema.org/draft/2020-12/schema"


def document_of(programme: Programme) -> dict[str, object]:
    """Return a programme's document as plain JSON; its version is no part of it."""
    plain: dict[str, object] = _PROGRAMMES.dump_python(programme, mode="json")
    del plain["version"]
    return plain


def json_schema() -> dict[str, object]:
    """Return the JSON Schema of the document, for editors and for other systems."""
    return {"$schema": DIALECT, **ProgrammeDocument.model_json_schema()}


def faults_of(draft: Mapping[str, object]) -> list[dict[str, str]]:
    """Return what stands against a draft: which field, and why."""
    try:
        ProgrammeDocument.model_validate(draft)
    except ValidationError as error:
        return [shown(part) for part in error.errors(include_url=False, include_input=False)]
    return []
