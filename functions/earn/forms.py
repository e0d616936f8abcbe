"""What operators send about the programme."""

from datetime import date, timedelta
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from earn.document import ProgrammeDocument
from loyalty.api.schema import Reason, Schema
from loyalty.domain.audit import digest_of

Version = Annotated[int, Field(strict=True, ge=1, le=1_000_000_000)]


class AnyDraft(Schema):
    """A draft that may be wrong."""

    draft: dict[str, Any]


class Draft(Schema):
    """A draft of the rules."""

    draft: ProgrammeDocument


class NewVersion(Draft):
    """A draft to put in force in place of the version that its author has seen (0: none yet)."""

    expected_version: Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)]
    reason: Reason | None = None


class Rollback(Schema):
    """An older version to put in force again."""

    version: Version
    reason: Reason


LONGEST_RUN = timedelta(days=92)


class DryRun(Draft):
    """A draft, and the past days whose orders are reckoned again; `cursor` goes on."""

    first: Annotated[date, Field(alias="from")]
    last: Annotated[date, Field(alias="to")]
    cursor: str = ""

    @model_validator(mode="after")
    def _is_a_span(self) -> Self:
        if not timedelta(0) <= self.last - self.first < LONGEST_RUN:
            raise ValueError(f"from and to must span 1 to {LONGEST_RUN.days} days.")
        return self

    def scope(self, caller: str) -> str:
        """What a cursor belongs to: this caller's run of this draft over these days."""
        run = self.model_dump(mode="json", exclude={"cursor"})
        return f"{caller} dry-run {digest_of(run)}"
