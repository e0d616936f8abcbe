"""Writes of tiers: what is counted, once for each purchase, and the steps that follow."""

from dataclasses import dataclass

from loyalty.domain.tier_count import Counted, TierCount
from loyalty.domain.tier_step import TierStep


@dataclass(frozen=True, slots=True)
class SaveCounted:
    """Put what one purchase counts; holds while the row's version is one less (1: no row)."""

    counted: Counted


@dataclass(frozen=True, slots=True)
class SaveTierCount:
    """Put a member's counts; holds while the row's version is one less (1: no row)."""

    count: TierCount


@dataclass(frozen=True, slots=True)
class AddTierStep:
    """Put a step between tiers; holds while its fact is not there."""

    step: TierStep
