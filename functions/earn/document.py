"""The programme as operators write it: what it may say, within which bounds, and its schema."""

from collections.abc import Mapping
from typing import Annotated, Self

from pydantic import Field, TypeAdapter, ValidationError, model_validator

from earn.rulebook.anomalies import AnomalyRule
from earn.rulebook.bounds import BirthdayRule, CapsRule, OffsetRule
from earn.rulebook.check_ins import CheckInsRule
from earn.rulebook.fields import Currency, Days, TimeZone
from earn.rulebook.prices import MembersDayRule, PaymentRule
from earn.rulebook.purchases import ReturnWindowRule, ValidityRule
from earn.rulebook.rates import CurrencyRule
from earn.rulebook.red_packets import RedPacketsRule
from earn.rulebook.referral import ReferralRule
from earn.rulebook.reminders import ReminderRule
from earn.rulebook.reviews import ReviewRule
from earn.rulebook.tasks import TaskRules
from earn.rulebook.tiers import TiersRule
from earn.rulebook.welcome import WelcomeRule
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
    reminders: ReminderRule = ReminderRule()
    welcome: WelcomeRule | None = None
    check_ins: CheckInsRule | None = None
    red_packets: RedPacketsRule | None = None
    tasks: TaskRules = Field(default_factory=list)
    referral: ReferralRule | None = None
    tiers: TiersRule | None = None
    birthday: BirthdayRule | None = None
    caps: CapsRule = CapsRule()
    offset: OffsetRule | None = None
    payment: PaymentRule = PaymentRule()
    anomalies: AnomalyRule | None = None
    members_day: MembersDayRule | None = None

    @model_validator(mode="after")
    def _names_its_own_tiers(self) -> Self:
        known = {tier.id for tier in self.tiers.tiers} if self.tiers else set()
        for currency, rule in self.rates.items():
            for label, unit in rule.units.items():
                for stranger in sorted(unit.tiers.keys() - known):
                    raise ValueError(f"{currency} {label}: there is no tier {stranger!r}.")
        return self

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
