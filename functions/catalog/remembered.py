"""The shelf as a warm function remembers it: read once, then kept up by what has changed since.

Ten thousand items are a second of reading, so they are not read for every question. What has
changed is asked for each time, which costs one unit; so nothing that is answered is out of date.
"""

from collections.abc import Container, Mapping
from time import monotonic
from weakref import WeakKeyDictionary

from catalog.search.index import Index
from catalog.search.lines import line_of
from catalog.search.synonyms import our_synonyms
from loyalty.domain.item import Item
from loyalty.ports import Catalog, Mall

FEW_ITEMS = 100
SECONDS_AN_ITEM = 0.06
"""How long popularity is remembered, by the size of the shelf: some 17 units a second at most."""


class Shelf:
    """All items on the shelf, without their longer texts, and the index over them."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._mark = catalog.changed_since(None).mark
        self._items = {item.item_id: item for item in catalog.on_shelf()}
        self._versions = {item.item_id: item.version for item in self._items.values()}
        self._index: Index | None = None
        self._sold: Mapping[str, int] = {}
        self._counted_until = 0.0

    @property
    def items(self) -> Mapping[str, Item]:
        """What stands on the shelf."""
        return self._items

    def catch_up(self) -> None:
        """Read anew what has changed."""
        changes = self._catalog.changed_since(self._mark)
        newer = [i for i, version in changes.versions.items() if version > self._versions.get(i, 0)]
        for item_id, item in self._catalog.items(newer).items():
            self._versions[item_id] = item.version
            self._items.pop(item_id, None)
            if item.is_on_shelf:
                self._items[item_id] = item
        if newer:
            self._index = None
        self._mark = changes.mark

    def search(self, query: str, among: Container[str]) -> Mapping[str, int]:
        """Return those of some items that may be meant, each with its score."""
        if self._index is None:
            self._index = Index(line_of(item) for item in self._items.values())
        return self._index.search(query, our_synonyms(), among)

    def popularity(self) -> Mapping[str, int]:
        """Return how many pieces of each item were redeemed; on a large shelf, some time ago.

        They stand in as many rows: a few are read each time, ten thousand every ten minutes.
        """
        if monotonic() >= self._counted_until:
            stocks = self._catalog.stocks(list(self._items))
            self._sold = {item_id: stock.sold for item_id, stock in stocks.items()}
            self._counted_until = monotonic() + SECONDS_AN_ITEM * max(0, len(stocks) - FEW_ITEMS)
        return self._sold


_shelves: WeakKeyDictionary[Catalog, Shelf] = WeakKeyDictionary()


def remembered_shelf(mall: Mall) -> Shelf:
    """Return the shelf as it stands now."""
    catalog = mall.catalog
    shelf = _shelves.get(catalog)
    if shelf is None:
        shelf = _shelves[catalog] = Shelf(catalog)
    shelf.catch_up()
    return shelf
