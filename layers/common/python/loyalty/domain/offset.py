"""Points at the checkout: how much of an order they may take off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class OffsetRate:
    """A block of ``points`` takes ``worth`` off, ``most`` an order (None: no bound)."""

    points: int
    worth: Decimal
    most: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Offset:
    """What points take off an order."""

    points: int
    worth: Decimal


@dataclass(frozen=True, slots=True)
class OffsetRules:
    """Blocks by currency; points pay no more than ``largest_share`` of an order."""

    currencies: Mapping[str, OffsetRate] = field(default_factory=dict)
    largest_share: Decimal = Decimal(1)

    def offset(self, currency: str, total: Decimal, available: int) -> Offset | None:
        """Return the most that available points can take off; None where points pay nothing.

        >>> rules = OffsetRules({"CNY": OffsetRate(500, Decimal(20))})
        >>> rules.offset("CNY", Decimal(59), 1700)
        Offset(points=1000, worth=Decimal('40'))
        """
        rate = self.currencies.get(currency)
        if rate is None:
            return None
        payable = total * self.largest_share
        if rate.most is not None:
            payable = min(payable, rate.most)
        blocks = max(min(int(payable / rate.worth), available // rate.points), 0)
        return Offset(blocks * rate.points, blocks * rate.worth)
