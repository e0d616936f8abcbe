"""Tiers: what members climb by, and what each one gives."""

import re
from collections import Counter
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Self

from pydantic import AfterValidator, Field, WithJsonSchema, model_validator

from earn.rulebook.fields import Currency, Days, Money, Words
from loyalty.api.schema import Schema
from loyalty.domain.tier import TierBasis, TierWindow


def _slug(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,31}", text):
        raise ValueError(f"{text!r} is no id of small letters, digits and hyphens, such as gold.")
    return text


TierId = Annotated[
    str,
    AfterValidator(_slug),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,31}$"}),
]
Threshold = Annotated[
    Decimal,
    Field(ge=0, max_digits=14, decimal_places=4),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,10}(\.\d{1,4})?$"}),
]
Factor = Annotated[
    Decimal,
    Field(ge=1, le=100, max_digits=7, decimal_places=4),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,3}(\.\d{1,4})?$"}),
]


class TierRule(Schema):
    """One step: reached with a count of `at_least`, it multiplies what purchases earn."""

    id: TierId
    name: Words
    at_least: Threshold
    multiplier: Factor = Decimal(1)
    benefits: Annotated[tuple[Words, ...], Field(max_length=20)] = ()


class SpeedUpRule(Schema):
    """Quicker earning after a rise, through `days` days after its day."""

    multiplier: Factor = Decimal(2)
    days: Annotated[int, Field(strict=True, ge=1, le=365)] = 30


class TiersRule(Schema):
    """The tiers, lowest first, and how members come and go between them.

    `currencies` says what one unit of a currency counts where the basis is spending.
    """

    tiers: Annotated[list[TierRule], Field(min_length=1, max_length=20)]
    basis: TierBasis = TierBasis.SPENDING
    window: TierWindow = TierWindow.CALENDAR_YEAR
    currencies: Annotated[dict[Currency, Money], Field(max_length=50)] = Field(default_factory=dict)
    warning_days: Days = 30
    grace_days: Days = 30
    speed_up: SpeedUpRule | None = None

    @model_validator(mode="after")
    def _climbs(self) -> Self:
        steps = [tier.at_least for tier in self.tiers]
        if steps[0] != 0:
            raise ValueError("The first tier is everybody's: its at_least must be 0.")
        if any(above <= below for below, above in pairwise(steps)):
            raise ValueError("Tiers go upwards: each at_least must be above the one before.")
        twice = [name for name, times in Counter(t.id for t in self.tiers).items() if times > 1]
        if twice:
            raise ValueError(f"There is more than one tier of the id {twice[0]!r}.")
        return self

    @model_validator(mode="after")
    def _counts_something(self) -> Self:
        if (self.basis is TierBasis.SPENDING) is not bool(self.currencies):
            raise ValueError(
                "Spending counts in some currencies and points in none: name currencies "
                "exactly where the basis is spending."
            )
        return self
