"""What multiplies a purchase's points: the member's tier, the time after a rise, the birthday."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from math import prod

from loyalty.domain.buyer import Buyer
from loyalty.domain.programme import Programme

BIRTHDAY = "birthday"


@dataclass(frozen=True, slots=True)
class Factors:
    """Factors by name; they multiply each other."""

    by_name: Mapping[str, Decimal] = field(default_factory=dict)

    def product(self, *, knows_tier: bool = False) -> Fraction:
        """Return all of them together; where the points know the tier, without the tier's own."""
        return prod(
            (
                Fraction(factor)
                for name, factor in self.by_name.items()
                if not (knows_tier and name.startswith("tier:"))
            ),
            start=Fraction(1),
        )


def factors_of(buyer: Buyer | None, programme: Programme, at: datetime) -> Factors:
    """Return what multiplies what somebody's purchase at an instant earns."""
    if buyer is None:
        return Factors()
    found: dict[str, Decimal] = {}
    if programme.tiers:
        zone = programme.time_zone
        found |= programme.tiers.factors(buyer.tier, buyer.rose_at, at, zone)
    if programme.birthday and buyer.has_birthday:
        found[BIRTHDAY] = programme.birthday.multiplier
    return Factors(found)


def tier_of(buyer: Buyer | None, programme: Programme) -> str | None:
    """Return the id of a buyer's tier; None where there are no tiers, or nobody is known."""
    return programme.tiers.tier(buyer.tier).id if programme.tiers and buyer else None
