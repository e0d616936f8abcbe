"""An account as its entries alone make it, and where the stored one says something else."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType

from loyalty.domain.account import Account, Lots, no_lots
from loyalty.domain.entry import Entry, seen_at_lapse
from loyalty.domain.errors import Conflict
from loyalty.domain.order_book import OrderBook
from loyalty.domain.pending import PendingPoints


@dataclass(frozen=True, slots=True)
class StoredAccount:
    """An account as its rows stand, however wrong: an `Account` would refuse some of it."""

    member_id: str
    lots: Lots = field(default_factory=no_lots)
    held: int = 0
    pending: int = 0
    debt: int = 0
    next_expiry: date | None = None
    frozen_at: datetime | None = None
    version: int = 0
    waiting: tuple[PendingPoints, ...] = ()


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a member's entries add up to; ``waiting`` is pending points by order partition."""

    lots: Lots
    held: int
    pending: int
    debt: int
    waiting: Mapping[str, int]
    least_version: int
    entries: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the stored account says otherwise than the entries do."""

    what: str
    stored: int | date | None
    rebuilt: int | date | None


def rebuild(entries: Iterable[Entry]) -> Rebuilt:
    """Add entries up, in whatever order they come."""
    lots: Counter[date] = Counter()
    waiting: Counter[str] = Counter()
    sums: Counter[str] = Counter()
    least_version = count = 0
    for entry in entries:
        count += 1
        lots.update(entry.lots)
        waiting[entry.key.partition] += entry.pending
        sums.update(held=entry.held, pending=entry.pending, debt=entry.debt)
        least_version = max(least_version, seen_at_lapse(entry.key) + 1)
    return Rebuilt(
        lots=MappingProxyType({day: lots[day] for day in sorted(lots) if lots[day]}),
        held=sums["held"],
        pending=sums["pending"],
        debt=sums["debt"],
        waiting={order: points for order, points in waiting.items() if points},
        least_version=least_version,
        entries=count,
    )


def differences(stored: StoredAccount, rebuilt: Rebuilt) -> tuple[Difference, ...]:
    """Name everything that differs: lots, counters, index, version, each order's pending row."""
    rows = {partition_of(row): row.remaining for row in stored.waiting}
    orders = sorted({*rows, *rebuilt.waiting})
    days = sorted({*stored.lots, *rebuilt.lots})
    compared = [
        *((f"lot {day}", stored.lots.get(day, 0), rebuilt.lots.get(day, 0)) for day in days),
        ("held", stored.held, rebuilt.held),
        ("pending", stored.pending, rebuilt.pending),
        ("debt", stored.debt, rebuilt.debt),
        ("next_expiry", stored.next_expiry, min(rebuilt.lots, default=None)),
        ("version", stored.version, max(stored.version, rebuilt.least_version)),
        *((f"pending {at}", rows.get(at, 0), rebuilt.waiting.get(at, 0)) for at in orders),
    ]
    return tuple(Difference(*one) for one in compared if one[1] != one[2])


def restored(stored: StoredAccount, rebuilt: Rebuilt) -> Account:
    """Return the account that the entries make; operations' freeze, which is no entry, stays.

    Raises:
        Conflict: the entries add up to less than nothing, so some are missing or wrong.
    """
    counters = (rebuilt.held, rebuilt.pending, rebuilt.debt)
    if min(*counters, *rebuilt.lots.values(), *rebuilt.waiting.values(), 0) < 0:
        raise Conflict("The entries themselves add up to less than nothing.")
    return Account(
        stored.member_id,
        rebuilt.lots,
        *counters,
        frozen_at=stored.frozen_at,
        version=max(stored.version, rebuilt.least_version) + 1,
    )


def partition_of(row: PendingPoints) -> str:
    """Return the ledger's partition of the order that a pending row is about."""
    return OrderBook(row.source, row.order_id).partition
