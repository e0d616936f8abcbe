"""What operators send about the programme."""

from typing import Annotated, Any

from pydantic import Field

from earn.document import ProgrammeDocument
from loyalty.api.schema import Reason, Schema

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
