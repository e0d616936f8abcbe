"""What members get who bring a friend, and what the friend gets."""

from decimal import Decimal
from typing import Annotated

from pydantic import AfterValidator, Field, WithJsonSchema

from earn.rulebook.tasks import Cap
from loyalty.api.schema import Schema

Reward = Annotated[int, Field(strict=True, ge=0, le=1_000_000)]


def _with_code(link: str) -> str:
    if not link.startswith("https://") or link.count("{code}") != 1:
        raise ValueError("An https address with {code} in it is expected.")
    return link


Link = Annotated[
    str,
    Field(max_length=300),
    AfterValidator(_with_code),
    WithJsonSchema({"type": "string", "pattern": r"^https://.*\{code\}"}),
]


class ReferralRule(Schema):
    """Paid after the friend's first real purchase, once its return window is over.

    `minimum` is in the purchase's own currency; `per_month` and `total` cap what one member earns.
    """

    friend_points: Reward
    referrer_points: Reward
    within_days: Annotated[int, Field(strict=True, ge=1, le=365)] = 30
    minimum: Annotated[
        Decimal,
        Field(ge=0, max_digits=12, decimal_places=4),
        WithJsonSchema({"type": "string", "pattern": r"^\d{1,8}(\.\d{1,4})?$"}),
    ] = Decimal(0)
    per_month: Cap | None = None
    total: Cap | None = None
    link: Link | None = None
