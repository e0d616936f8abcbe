"""Steps of a member between tiers: kept for ever, and told to others."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from loyalty.domain.item import Text


class StepKind(StrEnum):
    """Upwards, downwards, or told that it will be downwards unless more is counted."""

    RISEN = "risen"
    LOWERED = "lowered"
    ENDANGERED = "endangered"


@dataclass(frozen=True, slots=True)
class TierStep:
    """One step. ``tier`` is where the member stands after it, ``former`` where before.

    ``because`` says what moved it: ``count`` (orders, their refunds, the window's end), or
    ``shop:<source>``. ``needed``, ``ends_on`` and ``grace_until`` belong to a danger.
    """

    member_id: str
    kind: StepKind
    tier: str
    tier_name: Text
    at: datetime
    because: str
    counted: Decimal
    former: str | None = None
    needed: Decimal | None = None
    ends_on: date | None = None
    grace_until: date | None = None

    @property
    def fact(self) -> str:
        """What it is kept under: of one window's end a member is warned once."""
        moment = self.ends_on or f"{self.at:%Y-%m-%dT%H:%M:%S.%fZ}"
        return f"{self.kind}:{self.tier}:{moment}"
