"""The catalogue in DynamoDB."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import chain, islice
from time import monotonic
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.catalog_rows import (
    SHELF,
    change_of,
    ciphertext_of,
    digest_of,
    item_of,
    stock_of,
)
from loyalty.adapters.dynamodb.items import Item as Row
from loyalty.adapters.dynamodb.items import read_text, stamp, text
from loyalty.adapters.dynamodb.keys.catalog import (
    CHANGES,
    CODES_FREE,
    ROSTER,
    claimed_code_key,
    item_key,
    stock_key,
)
from loyalty.adapters.dynamodb.reading import Query, Reader, first
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.item import Item, Stock
from loyalty.ports import CatalogChanges, Page

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MEMORY_SECONDS = 5.0
OVERLAP = timedelta(seconds=60)
"""How long a change may take to be written, and how far machines' clocks may be apart."""

_LISTED = sorted(
    {*Item.__dataclass_fields__, "pk"} - {"item_id", "description", "terms", "pictures"}
)


class DynamoCatalog:
    """Keeps `Catalog`'s promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._read = Reader(client)
        self._table = tables.catalog
        self._remembered: dict[str, tuple[float, Item]] = {}

    def item(self, item_id: str, *, at_least: int | None = None) -> Item | None:
        """Return one item; with ``at_least``, one remembered for some seconds will do."""
        until, remembered = self._remembered.get(item_id, (0.0, None))
        is_asked_for_now = at_least is None or monotonic() >= until
        if remembered and not is_asked_for_now and remembered.version >= (at_least or 0):
            return remembered
        row = self._read.get(self._table, item_key(item_id))
        item = item_of(row) if row else None
        self._remembered.pop(item_id, None)
        if item and item.is_on_shelf:
            self._remembered[item_id] = (monotonic() + MEMORY_SECONDS, item)
        return item

    def stock(self, item_id: str) -> Stock | None:
        """Return an item's stock."""
        row = self._read.get(self._table, stock_key(item_id))
        return stock_of(row) if row else None

    def stocks(self, item_ids: Sequence[str]) -> Mapping[str, Stock]:
        """Return the stock of several items."""
        rows = self._read.some(self._table, [stock_key(item_id) for item_id in item_ids])
        return {stock.item_id: stock for stock in map(stock_of, rows)}

    def items(self, item_ids: Sequence[str]) -> Mapping[str, Item]:
        """Return several items, in their order; those that there are."""
        rows = self._read.some(self._table, [item_key(item_id) for item_id in item_ids])
        return {item.item_id: item for item in map(item_of, rows)}

    def on_shelf(self) -> Iterator[Item]:
        """Yield what stands on the shelf, newest first, without pictures and longer texts."""
        shelf = Query(
            self._table,
            "shelf = :shelf",
            {":shelf": text(SHELF)},
            index="shelf",
            newest_first=True,
            only=_LISTED,
        )
        return map(item_of, self._read.query(shelf))

    def changed_since(self, mark: str | None) -> CatalogChanges:
        """Return what was changed since a mark, and again what was a minute before it."""
        begin = stamp(datetime.now(UTC) - OVERLAP)
        if mark is None:
            return CatalogChanges({}, begin)
        log = Query(
            self._table,
            "pk = :changes AND sk > :mark",
            {":changes": text(CHANGES), ":mark": text(mark)},
        )
        # In the order in which they were made: of an item's changes, the last one stays.
        return CatalogChanges(dict(map(change_of, self._read.query(log))), max(mark, begin))

    def all_items(
        self, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Item]:
        """Return items whatever their status, newest first."""
        roster = Query(
            self._table,
            "pk = :roster",
            {":roster": text(ROSTER)},
            newest_first=True,
            page_size=limit + 1,
            after=position,
        )
        shown, follows = first(self._read.query(roster), limit, ())
        keys = [item_key(read_text(row, "item_id")) for row in shown]
        return Page([item_of(row) for row in self._read.some(self._table, keys)], follows)

    def free_codes(self, item_id: str, at_most: int) -> Sequence[tuple[str, bytes]]:
        """Return some codes of the pool as (digest, ciphertext), from a random place in it.

        So those who claim at the same moment seldom want the same code.
        """
        start = f"{CODES_FREE}{secrets.token_hex(4)}"
        first_free, past_all = CODES_FREE, f"{CODES_FREE}~"
        found = chain(
            self._codes(item_id, start, past_all, at_most),
            self._codes(item_id, first_free, start, at_most),
        )
        return [(digest_of(row), ciphertext_of(row)) for row in islice(found, at_most)]

    def claimed_code(self, redemption_id: str, code_id: str) -> bytes | None:
        """Return the ciphertext of a code that a redemption has claimed."""
        row = self._read.get(self._table, claimed_code_key(redemption_id, code_id))
        return ciphertext_of(row) if row else None

    def _codes(self, item_id: str, start: str, end: str, at_most: int) -> Iterator[Row]:
        """Yield free codes from one place in the pool to another; no digest is as short as one."""
        pool = Query(
            self._table,
            "pk = :pool AND sk BETWEEN :start AND :end",
            {":pool": text(f"codes#{item_id}"), ":start": text(start), ":end": text(end)},
            page_size=at_most,
        )
        return self._read.query(pool)
