"""Tiers: what members climb by, and what each of them gives, as a programme sets it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from loyalty.domain.calendar import local_day
from loyalty.domain.item import Text


class TierBasis(StrEnum):
    """What members climb by: points that they earn, or money that they spend."""

    POINTS = "points"
    SPENDING = "spending"


class TierWindow(StrEnum):
    """Over which time it is counted."""

    CALENDAR_YEAR = "calendar_year"
    ROLLING_12_MONTHS = "rolling_12_months"
    LIFETIME = "lifetime"


@dataclass(frozen=True, slots=True)
class Tier:
    """One step: reached with a count of ``at_least``, it multiplies what purchases earn."""

    id: str
    name: Text
    at_least: Decimal
    multiplier: Decimal = Decimal(1)
    benefits: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeedUp:
    """Quicker earning after a rise: from that instant, through ``days`` days after its day."""

    multiplier: Decimal = Decimal(2)
    days: int = 30

    def holds(self, rose_at: datetime | None, at: datetime, zone: str) -> bool:
        """Tell whether a purchase at an instant lies in the time after a rise."""
        # Shops tell of whole seconds: an order of the second of the rise comes after it.
        if rose_at is None or at < rose_at.replace(microsecond=0):
            return False
        return local_day(at, zone) <= self.until(rose_at, zone)

    def until(self, rose_at: datetime, zone: str) -> date:
        """Return the last day of the time after a rise."""
        return local_day(rose_at, zone) + timedelta(days=self.days)


@dataclass(frozen=True, slots=True)
class TierRules:
    """The tiers, lowest first, and how members come and go between them.

    ``currencies`` says what one unit of a currency counts where the basis is spending; money in
    any other counts nothing. ``warning_days`` before a window ends members are told what they are
    about to lose; ``grace_days`` after it they keep it still.
    """

    tiers: tuple[Tier, ...]
    basis: TierBasis = TierBasis.SPENDING
    window: TierWindow = TierWindow.CALENDAR_YEAR
    currencies: Mapping[str, Decimal] = field(default_factory=dict)
    warning_days: int = 30
    grace_days: int = 30
    speed_up: SpeedUp | None = None

    def tier(self, tier_id: str | None) -> Tier:
        """Return a tier; None, and one that the rules no longer know, is the lowest."""
        return next((tier for tier in self.tiers if tier.id == tier_id), self.tiers[0])

    def rank(self, tier_id: str | None) -> int:
        """Return a tier's place, the lowest being 0."""
        return self.tiers.index(self.tier(tier_id))

    def reached(self, count: Decimal) -> Tier:
        """Return the highest tier that a count reaches."""
        return next((t for t in reversed(self.tiers) if t.at_least <= count), self.tiers[0])

    def after(self, tier: Tier) -> Tier | None:
        """Return the tier above one, or None at the top."""
        return next((t for t in self.tiers if t.at_least > tier.at_least), None)

    def factors(
        self, tier_id: str | None, rose_at: datetime | None, at: datetime, zone: str
    ) -> dict[str, Decimal]:
        """Return what multiplies a purchase's points, by name; factors of 1 are left out.

        They multiply each other: a silver member (1.5) in the time after the rise (2) earns three
        times as much.
        """
        tier = self.tier(tier_id)
        speeds = self.speed_up is not None and self.speed_up.holds(rose_at, at, zone)
        found = {f"tier:{tier.id}": tier.multiplier}
        if speeds and self.speed_up:
            found["speed-up"] = self.speed_up.multiplier
        return {name: factor for name, factor in found.items() if factor != 1}
