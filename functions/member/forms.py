"""What members and operators send."""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from loyalty.api.schema import Reason, Schema
from member.adjusting import Adjustment

DisplayName = Annotated[
    str, StringConstraints(min_length=1, max_length=60, pattern=r"^[^\x00-\x1f\x7f]+$")
]
Phone = Annotated[str, Field(pattern=r"^\+[1-9][0-9]{6,14}$", examples=["+8613800138000"])]
Email = Annotated[
    str,
    StringConstraints(to_lower=True, max_length=254, pattern=r"^[^@\s]{1,64}@[^@\s]+\.[^@\s.]+$"),
]
Name = Annotated[str, Field(min_length=1, max_length=128)]
Birthday = Annotated[date, Field(ge=date(1900, 1, 1), examples=["1990-02-28"])]
Tag = Annotated[
    str, StringConstraints(min_length=1, max_length=40, pattern=r"^[^\x00-\x1f\x7f,]+$")
]
SignedPoints = Annotated[int, Field(strict=True, ge=-1_000_000_000, le=1_000_000_000)]

_CLEARED = {"language": "zh"}


class MeChange(Schema):
    """What a member may change of the profile; what is absent stays, null clears it."""

    display_name: DisplayName | None = None
    phone: Phone | None = None
    email: Email | None = None
    language: Literal["zh", "en"] | None = None
    birthday: Birthday | None = None

    def changes(self) -> dict[str, str | date | None]:
        """Return the fields that are to change; a language that is cleared is the first one."""
        changes = self.model_dump(exclude_unset=True)
        return {name: value or _CLEARED.get(name) for name, value in changes.items()}


class LinkRequest(Schema):
    """A customer of a shop, by the shop's own id."""

    source: Name
    customer_id: Name


class TagsRequest(Schema):
    """All the tags that a member is to have."""

    tags: Annotated[list[Tag], Field(max_length=50)]
    reason: Reason | None = None


class ReasonRequest(Schema):
    """Why; kept in the audit."""

    reason: Reason


class AdjustmentRequest(Schema):
    """Points to add, or (negative) to take away; a day only for those that are added."""

    points: SignedPoints
    reason: Reason
    expires_on: date | None = None

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if not self.points:
            raise ValueError("An adjustment of no points changes nothing.")
        return self

    def adjustment(self) -> Adjustment:
        """Return what is asked for."""
        return Adjustment(self.points, self.reason, self.expires_on)
