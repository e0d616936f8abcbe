"""How long the points of purchases live, and when they become usable."""

from typing import Annotated, Self

from pydantic import Field, model_validator

from earn.rulebook.fields import Days, Label
from loyalty.api.schema import Schema
from loyalty.domain.validity import MOST_LOTS, Validity, ValidityKind


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
