"""The catalogue, remembered."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from random import SystemRandom

from loyalty.adapters.memory.rows import Rows, newest_first
from loyalty.domain.item import Item, Stock
from loyalty.ports import CatalogChanges, Page


class MemoryCatalog:
    """Keeps `Catalog`'s promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def item(self, item_id: str, *, at_least: int | None = None) -> Item | None:  # noqa: ARG002 # nothing is remembered longer than it is true
        """Return one item."""
        return self._rows.get(Item, "item", item_id)

    def stock(self, item_id: str) -> Stock | None:
        """Return an item's stock."""
        return self._rows.get(Stock, "stock", item_id)

    def stocks(self, item_ids: Sequence[str]) -> Mapping[str, Stock]:
        """Return the stock of several items."""
        found = {item_id: self.stock(item_id) for item_id in item_ids}
        return {item_id: stock for item_id, stock in found.items() if stock is not None}

    def items(self, item_ids: Sequence[str]) -> Mapping[str, Item]:
        """Return several items, in their order; those that there are."""
        found = {item_id: self.item(item_id) for item_id in item_ids}
        return {item_id: item for item_id, item in found.items() if item is not None}

    def on_shelf(self) -> Iterator[Item]:
        """Yield what stands on the shelf, newest first, without pictures and longer texts."""
        items = self._rows.under(Item, "item")
        for item in sorted((i for i in items if i.is_on_shelf), key=_place, reverse=True):
            yield replace(item, description={}, terms={}, pictures=())

    def changed_since(self, mark: str | None) -> CatalogChanges:
        """Return what was changed since a mark."""
        told = self._rows.keyed(int, "change")
        new = told if mark is None else [(key, v) for key, v in told if key[1] > mark]
        versions = {key[2]: version for key, version in new} if mark is not None else {}
        return CatalogChanges(versions, told[-1][0][1] if told else "")

    def all_items(
        self, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Item]:
        """Return items whatever their status, newest first."""
        return newest_first(self._rows.under(Item, "item"), _place, limit, position)

    def free_codes(self, item_id: str, at_most: int) -> Sequence[tuple[str, bytes]]:
        """Return some codes of the pool as (digest, ciphertext), from a random place in it."""
        pool = [(key[-1], code) for key, code in self._rows.keyed(bytes, "free", item_id)]
        start = SystemRandom().randrange(len(pool)) if pool else 0
        return (pool[start:] + pool[:start])[:at_most]

    def claimed_code(self, redemption_id: str, code_id: str) -> bytes | None:
        """Return the ciphertext of a code that a redemption has claimed."""
        return self._rows.get(bytes, "claimed", redemption_id, code_id)


def _place(item: Item) -> str:
    return f"{item.created_at.isoformat(timespec='microseconds')} {item.item_id}"
