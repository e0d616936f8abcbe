"""Points earned but not yet usable: one row per order with a return window."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PendingPoints:
    """What of an order waits, until when, and the lot it will go into."""

    member_id: str
    source: str
    order_id: str
    remaining: int
    usable_on: date
    lot: date
    version: int = 1
