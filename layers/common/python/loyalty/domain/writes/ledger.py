"""Writes of the ledger: entries, orders' states, lapsed lots' counts."""

from dataclasses import dataclass

from loyalty.domain.claw_back import LapsedLot
from loyalty.domain.entry import Entry
from loyalty.domain.order_book import OrderBook


@dataclass(frozen=True, slots=True)
class AddEntry:
    """Put an entry; holds while its fact is not booked."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class ReplaceTombstone:
    """Put a ``paid`` entry where early news left a tombstone; holds while it is the one seen."""

    entry: Entry
    seen_version: int


@dataclass(frozen=True, slots=True)
class SaveBook:
    """Put an order's state; holds while the row's version is one less.

    Before the order itself has come, the state is a tombstone under its ``paid`` key.
    """

    book: OrderBook
    is_tombstone: bool


@dataclass(frozen=True, slots=True)
class CountLapsed:
    """Put a lapsed lot's count; holds while the row's version is one less."""

    lapsed: LapsedLot
