"""Writes of items, stock and codes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from loyalty.domain.item import Item, Stock

DAYS_KEPT = 31
"""How many days of taken pieces a stock keeps: today, and the thirty before."""


def days_forgotten(today: date) -> list[date]:
    """Return the days that a stock forgets when pieces are taken today; twice as many as it keeps.

    So an item that is seldom redeemed forgets them as well.
    """
    return [today - timedelta(days=ago) for ago in range(DAYS_KEPT, 3 * DAYS_KEPT)]


@dataclass(frozen=True, slots=True)
class TakeStock:
    """Take pieces; holds while enough are there, on the shelf, at the version that was priced.

    ``on`` is the programme's day that the pieces are counted for, ``at`` the instant.
    """

    item_id: str
    pieces: int
    item_version: int
    is_held: bool = False
    on: date | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SellHeld:
    """Turn held pieces into sold ones."""

    item_id: str
    pieces: int


@dataclass(frozen=True, slots=True)
class GiveBackStock:
    """Put pieces back on hand, out of the held or the sold ones."""

    item_id: str
    pieces: int
    was_held: bool


@dataclass(frozen=True, slots=True)
class AddStock:
    """Add pieces, or take some off by hand; holds while none are missing after it.

    ``uncovered`` is added to the stock's own; with ``uncovered_seen`` this holds only while the
    stock's ``uncovered`` is what was seen. ``at`` is when pieces were taken off.
    """

    item_id: str
    pieces: int
    uncovered: int = 0
    uncovered_seen: int | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AddItem:
    """Put a new item with its stock; holds while its id is free."""

    item: Item
    stock: Stock


@dataclass(frozen=True, slots=True)
class ChangeItem:
    """Replace an item, and what its stock repeats of it; holds while the row's version is one less.

    It makes two rows true, so its stock cannot be changed in the same commit.
    """

    item: Item


@dataclass(frozen=True, slots=True)
class AddCode:
    """Put a code into its item's pool, encrypted; holds while its digest never was in the pool.

    A code that was claimed stays known: importing it again must not hand it out twice.
    (Two rows, so two of the hundred actions that one commit may hold.)
    """

    item_id: str
    digest: str
    ciphertext: bytes


@dataclass(frozen=True, slots=True)
class ClaimCode:
    """Move a code from the pool to a redemption; holds while nobody else has claimed it."""

    item_id: str
    digest: str
    ciphertext: bytes
    redemption_id: str
