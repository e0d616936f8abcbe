"""What of the shelf a caller asks to see, and in which order. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple, Self

from loyalty.domain.item import Item, ItemKind, ItemStatus, Stock

_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)

Numbers = Mapping[str, int]
"""Numbers of items: their scores, or how many pieces of each were redeemed."""


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
    offered_at: datetime | None = None

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

    def shows(self, item: Item, stock: Stock) -> bool:
        """Whether an item that fits is shown with this stock; operators are shown all."""
        return self.offered_at is None or not item.hide_sold_out or stock.on_hand > 0

    def fits(self, item: Item) -> bool:
        """Whether an item is what was asked for, whatever it is called."""
        return (
            self.category in {None, item.category}
            and self.kind in {None, item.kind}
            and self.status in {None, item.status}
            and (self.min_points is None or item.points >= self.min_points)
            and (self.max_points is None or item.points <= self.max_points)
            and (self.offered_at is None or item.is_offered(self.offered_at))
        )

    def ranks(self, sold: Numbers, scores: Numbers) -> Callable[[Item], int]:
        """Return what ranks an item in the order that was asked for: lower comes first."""
        match self.order:
            case Sort.POINTS:
                return lambda item: item.points
            case Sort.POINTS_DOWN:
                return lambda item: -item.points
            case Sort.POPULAR:
                return lambda item: -sold.get(item.item_id, 0)
            case Sort.RELEVANCE:
                return lambda item: -scores.get(item.item_id, 0)
            case Sort.NEWEST:
                return lambda _: 0


class Place(NamedTuple):
    """A place in a list: no two items share one, so pages never overlap."""

    rank: int
    age: int
    item_id: str

    @classmethod
    def of(cls, item: Item, rank: int) -> Self:
        """Return an item's place; of those that rank equally, the newest comes first."""
        return cls(rank, (_EPOCH - item.created_at) // _MICROSECOND, item.item_id)
