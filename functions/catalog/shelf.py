"""What of the shelf a caller asks to see, and in which order. Pure."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from loyalty.domain.item import Item, ItemKind, ItemStatus, Stock

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Sort(StrEnum):
    """The orders a list can have; what ranks equally goes by age, newest first."""

    NEWEST = "newest"
    POINTS = "points"
    POINTS_DOWN = "-points"
    POPULAR = "popular"
    RELEVANCE = "relevance"


@dataclass(frozen=True, slots=True)
class StockedItem:
    """An item, and how many of it there are."""

    item: Item
    stock: Stock


@dataclass(frozen=True, slots=True)
class ShelfQuery:
    """What a caller asks for; None: whatever it is."""

    category: str | None = None
    kind: ItemKind | None = None
    status: ItemStatus | None = None
    q: str | None = None
    min_points: int | None = None
    max_points: int | None = None
    sort: Sort | None = None

    @property
    def words(self) -> str:
        """What is searched for; empty: nothing."""
        return (self.q or "").strip()

    @property
    def order(self) -> Sort:
        """What comes first: if nobody says, what was meant most likely, else what is newest."""
        if self.sort is None:
            return Sort.RELEVANCE if self.words else Sort.NEWEST
        return self.sort

    def fits(self, item: Item) -> bool:
        """Whether an item is what was asked for, whatever it is called."""
        return (
            self.category in {None, item.category}
            and self.kind in {None, item.kind}
            and self.status in {None, item.status}
            and (self.min_points is None or item.points >= self.min_points)
            and (self.max_points is None or item.points <= self.max_points)
        )

    def place(self, item: Item, sold: int, score: int) -> "Place":
        """Return the item's place in the order that was asked for: lower comes first."""
        age = (_EPOCH - item.created_at) // timedelta(microseconds=1)
        rank = {
            Sort.NEWEST: 0,
            Sort.POINTS: item.points,
            Sort.POINTS_DOWN: -item.points,
            Sort.POPULAR: -sold,
            Sort.RELEVANCE: -score,
        }
        return Place(rank[self.order], age, item.item_id)


class Place(NamedTuple):
    """A place in a list: no two items share one, so pages never overlap."""

    rank: int
    age: int
    item_id: str
