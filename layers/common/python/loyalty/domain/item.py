"""Items of the mall: what they are, what they cost, and how many there are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from loyalty.domain.pricing.offers import Bundle, CashOption, LimitedPrice

Text = Mapping[str, str]
"""A text for people, by language: ``{"zh": …, "en": …}``."""


class ItemKind(StrEnum):
    """How an item reaches the member: by parcel, as a code, at an appointment."""

    PHYSICAL = "physical"
    VIRTUAL = "virtual"
    SERVICE = "service"


class Review(StrEnum):
    """Whether a redemption waits for a person; ``auto``: as the programme's limits say."""

    NEVER = "never"
    ALWAYS = "always"
    AUTO = "auto"


class ItemStatus(StrEnum):
    """Where an item stands; only what is on the shelf can be redeemed."""

    DRAFT = "draft"
    ON_SHELF = "on_shelf"
    OFF_SHELF = "off_shelf"


@dataclass(frozen=True, slots=True)
class Limits:
    """Pieces a member may redeem; None: no limit."""

    per_order: int | None = None
    per_day: int | None = None
    per_member: int | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One item of the catalogue. ``version`` rises with every change of it.

    ``tier_prices``: points of a piece by tier; ``only_tiers``: who may have it (empty: everybody);
    ``newcomer_days``: only for who joined no longer ago than that. ``reading``
    is its Chinese name in pinyin, as the search needs it. While it is on the shelf, it is offered
    ``on_shelf_from`` and ``on_shelf_until`` an instant, and with ``hide_sold_out`` not shown when
    nothing is left. Operators are told when only ``low_stock_at`` pieces are.
    """

    item_id: str
    name: Text
    kind: ItemKind
    category: str
    points: int
    created_at: datetime
    description: Text = field(default_factory=dict)
    terms: Text = field(default_factory=dict)
    tags: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    review: Review = Review.AUTO
    limits: Limits = field(default_factory=Limits)
    status: ItemStatus = ItemStatus.ON_SHELF
    market_price: str | None = None
    cash_option: CashOption | None = None
    tier_prices: Mapping[str, int] = field(default_factory=dict)
    only_tiers: tuple[str, ...] = ()
    limited_price: LimitedPrice | None = None
    bundle: Bundle | None = None
    newcomer_days: int | None = None
    reading: str = ""
    on_shelf_from: datetime | None = None
    on_shelf_until: datetime | None = None
    hide_sold_out: bool = False
    low_stock_at: int | None = None
    version: int = 1

    @property
    def is_on_shelf(self) -> bool:
        """Whether members may see and redeem it, at its time."""
        return self.status is ItemStatus.ON_SHELF

    def is_offered(self, now: datetime) -> bool:
        """Whether members may see and redeem it now: exact to the instant, without any sweep."""
        has_begun = self.on_shelf_from is None or self.on_shelf_from <= now
        has_ended = self.on_shelf_until is not None and self.on_shelf_until <= now
        return self.is_on_shelf and has_begun and not has_ended


@dataclass(frozen=True, slots=True)
class Stock:
    """Pieces of an item. It repeats the item's version, so a stale price cannot be charged.

    ``uncovered``: pieces of a virtual item that were put on sale, and that no imported code
    stands behind yet; below zero, codes that were taken off sale by hand. ``taken`` are the pieces
    redeemed on each of the last days, those of cancelled orders too; ``last_taken_at`` is when some
    last left: if none are on hand, they are missing since then. Both are the past of a stock: one
    that has the same pieces is equal.
    """

    item_id: str
    on_hand: int
    held: int = 0
    sold: int = 0
    uncovered: int = 0
    item_version: int = 1
    on_shelf: bool = True
    taken: Mapping[date, int] = field(default_factory=dict, compare=False)
    last_taken_at: datetime | None = field(default=None, compare=False)
