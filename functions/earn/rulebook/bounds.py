"""The most that purchases earn, what a birthday multiplies, what points take off at checkout."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field, WithJsonSchema

from earn.rulebook.fields import Currency, Money
from earn.rulebook.tiers import Factor
from loyalty.api.schema import Schema

Cap = Annotated[int, Field(strict=True, ge=1, le=1_000_000_000)]
Share = Annotated[
    Decimal,
    Field(gt=0, le=1, max_digits=5, decimal_places=4),
    WithJsonSchema({"type": "string", "pattern": r"^(0(\.\d{1,4})?|1)$"}),
]


class CapsRule(Schema):
    """The most points that an order earns, and that a member earns by purchases on one day."""

    per_order: Cap | None = None
    per_member_and_day: Cap | None = None


class BirthdayRule(Schema):
    """What multiplies the points of purchases on the member's birthday.

    `points` are given on the day besides, to members who come by.
    """

    multiplier: Factor = Decimal(2)
    points: Annotated[int, Field(strict=True, ge=0, le=1_000_000)] = 0


class OffsetRateRule(Schema):
    """A block of ``points`` takes ``worth`` off an order, and all blocks ``most`` at most."""

    points: Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
    worth: Money
    most: Money | None = None


class OffsetRule(Schema):
    """What points take off at the checkout, never more than ``largest_share`` of an order."""

    currencies: Annotated[dict[Currency, OffsetRateRule], Field(min_length=1, max_length=50)]
    largest_share: Share = Decimal(1)
