"""What new members are welcomed with."""

from typing import Annotated

from pydantic import Field

from loyalty.api.schema import Schema


class WelcomeRule(Schema):
    """Points that come with the membership, once."""

    points: Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
