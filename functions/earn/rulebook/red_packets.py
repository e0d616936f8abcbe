"""What members may give each other."""

from typing import Annotated

from pydantic import Field

from loyalty.api.schema import Schema
from loyalty.domain.packet import MOST_SHARES


class RedPacketsRule(Schema):
    """Points and shares of one packet at most, its hours, and packets a day."""

    most_points: Annotated[int, Field(strict=True, ge=1, le=1_000_000)] = 10_000
    most_shares: Annotated[int, Field(strict=True, ge=1, le=MOST_SHARES)] = MOST_SHARES
    hours: Annotated[int, Field(strict=True, ge=1, le=720)] = 24
    per_day: Annotated[int, Field(strict=True, ge=1, le=1_000)] = 10
    giver_may_claim: bool = False
