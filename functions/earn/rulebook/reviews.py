"""When redemptions wait for a person."""

from typing import Annotated

from pydantic import Field

from earn.rulebook.fields import Points
from loyalty.api.schema import Schema


class ReviewRule(Schema):
    """When a redemption of an ``auto`` item waits for a person, and for how long."""

    points_above: Points = 5_000
    account_younger_than_hours: Annotated[int, Field(strict=True, ge=0, le=87_600)] = 0
    redemptions_per_hour_above: Annotated[int, Field(strict=True, ge=0, le=100_000)] = 1_000
    four_eyes_above: Points = 100_000
    hours: Annotated[int, Field(strict=True, ge=1, le=720)] = 72
