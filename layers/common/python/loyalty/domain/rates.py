"""What lines of a purchase earn: by money at a rate, or by the piece."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Rate:
    """``points`` for every ``per`` of money: five yuan a point is ``Rate(1, Decimal(5))``."""

    points: int
    per: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class ClassRate:
    """The rate of a margin class: of lines that the shop says are of it, and of these SKUs."""

    points: int
    per: Decimal = Decimal(1)
    skus: tuple[str, ...] = ()

    @property
    def rate(self) -> Rate:
        """The rate alone."""
        return Rate(self.points, self.per)


@dataclass(frozen=True, slots=True)
class UnitRate:
    """Points for each piece, whatever it costs: a hotel night 100, in some tiers more.

    Where ``tiers`` names any, the tier has been thought of, and its multiplier does not apply.
    """

    points: int
    tiers: Mapping[str, int] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()

    def each(self, tier_id: str | None) -> int:
        """Return the points for one piece that a member of a tier buys."""
        return self.tiers.get(tier_id or "", self.points)


@dataclass(frozen=True, slots=True)
class CurrencyRates:
    """What purchases in one currency earn.

    The first that fits a line is its own: a rate by the piece, its SKU's, its margin class's, its
    category's, the default.
    """

    default: Rate
    categories: Mapping[str, Rate] = field(default_factory=dict)
    skus: Mapping[str, Rate] = field(default_factory=dict)
    classes: Mapping[str, ClassRate] = field(default_factory=dict)
    units: Mapping[str, UnitRate] = field(default_factory=dict)

    @property
    def named_skus(self) -> frozenset[str]:
        """The SKUs that decide something."""
        of_classes = (sku for it in self.classes.values() for sku in it.skus)
        of_units = (sku for it in self.units.values() for sku in it.skus)
        return frozenset({*self.skus, *of_classes, *of_units})


@dataclass(frozen=True, slots=True)
class Caps:
    """The most that purchases may earn: each of them, and all of a member's on one day."""

    per_order: int | None = None
    per_member_and_day: int | None = None
