"""The programme as operators write it: what it may say, within which bounds, and its schema."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

from earn.rulebook.fields import Currency, Days, TimeZone
from earn.rulebook.purchases import CurrencyRule, ReturnWindowRule, ValidityRule
from earn.rulebook.reviews import ReviewRule
from earn.rulebook.tiers import TiersRule
from loyalty.api.schema import Schema
from loyalty.api.validation import shown
from loyalty.domain.claw_back import ClawBackPolicy
from loyalty.domain.programme import Programme, Rounding


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
    tiers: TiersRule | None = None

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
