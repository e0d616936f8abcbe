"""What a merchant may say about an item's price, beside the points of one piece."""

from dataclasses import dataclass
from datetime import datetime

CASH_OPTION = "points_cash"
"""How an order says that a part is paid with money."""


@dataclass(frozen=True, slots=True)
class CashOption:
    """One piece for fewer points, and money beside them; ``cash`` is a decimal text."""

    points: int
    cash: str
    currency: str


@dataclass(frozen=True, slots=True)
class LimitedPrice:
    """``percent`` of the price, from an instant up to another, which is no longer part of it."""

    percent: int
    starts_at: datetime
    ends_at: datetime

    def holds(self, now: datetime) -> bool:
        """Tell whether it is the price at an instant."""
        return self.starts_at <= now < self.ends_at


@dataclass(frozen=True, slots=True)
class Bundle:
    """``pieces`` of the item together cost ``points``; pieces beyond cost what one costs."""

    pieces: int
    points: int
