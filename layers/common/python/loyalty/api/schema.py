"""What schemas of requests and answers share."""

from datetime import UTC
from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field


class Schema(BaseModel):
    """A body of ours: unknown fields are refused, domain objects are read by attribute."""

    model_config = ConfigDict(extra="forbid", from_attributes=True, str_strip_whitespace=True)


Instant = Annotated[AwareDatetime, AfterValidator(lambda instant: instant.astimezone(UTC))]
"""An instant with its zone; answered in UTC, with ``Z``."""

PointsAsked = Annotated[int, Field(strict=True, ge=1, le=1_000_000_000)]
"""Points that a caller names: a JSON integer, no text."""

Reason = Annotated[str, Field(min_length=1, max_length=500)]
"""Why an operator acts; kept in the audit."""
