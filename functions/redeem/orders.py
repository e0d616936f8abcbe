"""What a caller asks for, before it is an order: the request, and the checks of an item."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from loyalty.domain.errors import Invalid, LimitReached, NotEligible, NotFound
from loyalty.domain.item import Item, ItemKind
from loyalty.domain.pricing.offers import CASH_OPTION

MOST_CODES = 48
"""Codes of one order: one write hands them all over, and takes 100 actions, two for each code."""

PHYSICAL_DELIVERY = ("recipient", "phone", "country", "province", "city", "line1")


@dataclass(frozen=True, slots=True)
class Order:
    """What a member asks for. ``expected_points``: the price that the member confirmed."""

    item_id: str
    quantity: int
    option: str = "points"
    sku: str | None = None
    expected_points: int | None = None
    expected_cash: str | None = None
    delivery: Mapping[str, str] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """What tells a repetition from another request under the same key."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def check_order(item: Item | None, order: Order, now: datetime) -> Item:
    """Refuse an order that no state of account or stock could make right.

    Raises:
        NotFound: there is no such item.
        NotEligible: the item is not on the shelf, or not now.
        Invalid: an option, SKU or address that the item does not have, or lacks.
        LimitReached: more pieces than one order may hold.
    """
    if item is None:
        raise NotFound("There is no such item.")
    if not item.is_offered(now):
        raise NotEligible("The item is not on the shelf.", reasons=["off-shelf"])
    if order.option == CASH_OPTION and item.cash_option is None:
        raise Invalid.at("option", "This item is offered for points only.")
    if order.sku is not None:
        raise Invalid.at("sku", "This item has no specifications to choose from.")
    most = _most_pieces(item)
    if most is not None and order.quantity > most:
        raise LimitReached(limit=most, period="order")
    return item


def _most_pieces(item: Item) -> int | None:
    limits = [item.limits.per_order, MOST_CODES if item.kind is ItemKind.VIRTUAL else None]
    return min((limit for limit in limits if limit is not None), default=None)


def check_delivery(kind: ItemKind, delivery: Mapping[str, str]) -> None:
    """Refuse a parcel without an address.

    Raises:
        Invalid: with every field that is missing.
    """
    missing = [name for name in PHYSICAL_DELIVERY if not delivery.get(name)]
    if missing and kind is ItemKind.PHYSICAL:
        raise Invalid(
            "A parcel needs an address.",
            errors=[{"field": f"delivery.{name}", "message": "is required"} for name in missing],
        )
