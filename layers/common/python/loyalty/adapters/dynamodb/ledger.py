"""The ledger in DynamoDB: rows are put and read, never updated or deleted."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.items import instant, stamp, text
from loyalty.adapters.dynamodb.keys.accounts import entry_key, lapsed_lot_key
from loyalty.adapters.dynamodb.ledger_rows import book_of, entry_of, lapsed_lot_of, paid_of
from loyalty.adapters.dynamodb.reading import Part, Query, Reader, first
from loyalty.adapters.dynamodb.statement import (
    BEGINNING,
    END,
    STATEMENT_KEYS,
    TICK,
    statement_query,
)
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.adapters.paid_entries import book_of_paid_entry
from loyalty.domain.account import Kind
from loyalty.domain.claw_back import LapsedLot
from loyalty.domain.entry import Entry, EntryKey, lapse_prefix
from loyalty.domain.order_book import OrderBook
from loyalty.ports import Page, Stretch

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ROWS_A_READING = 1_000
"""As many as fit into the megabyte that one scan returns at most."""


class DynamoLedger:
    """Keeps `Ledger`'s promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._read = Reader(client)
        self._table = tables.ledger

    def entry(self, key: EntryKey) -> Entry | None:
        """Return one entry."""
        item = self._read.get(self._table, entry_key(key))
        found = paid_of(item) if item else None
        return found if isinstance(found, Entry) else None

    def entries_under(self, partition: str, prefix: str) -> Sequence[Entry]:
        """Return the entries whose facts begin so, in the order of their facts."""
        of_the_facts = Query(
            self._table,
            "pk = :partition AND begins_with(sk, :facts)",
            {":partition": text(partition), ":facts": text(prefix)},
        )
        return [entry_of(row) for row in self._read.query(of_the_facts)]

    def book(self, source: str, order_id: str) -> OrderBook:
        """Return what is known of a shop's order: from its state, its tombstone or its entry."""
        unknown = OrderBook(source, order_id)
        everything = Query(self._table, "pk = :order", {":order": text(unknown.partition)})
        rows = {row["sk"]["S"]: row for row in self._read.query(everything)}
        if "state" in rows:
            return book_of(rows["state"])
        paid = paid_of(rows["paid"]) if "paid" in rows else unknown
        return book_of_paid_entry(source, order_id, paid) if isinstance(paid, Entry) else paid

    def lapsed_lot(self, member_id: str, lot: date) -> LapsedLot:
        """Return what has lapsed in a lot, and how much of it is counted."""
        nothing = LapsedLot(member_id, lot)
        prefix = lapse_prefix(lot)
        of_the_lot = Query(
            self._table,
            "pk = :member AND begins_with(sk, :lot)",
            {":member": text(f"member:{member_id}"), ":lot": text(prefix)},
        )
        rows = {row["sk"]["S"]: row for row in self._read.query(of_the_lot)}
        count = rows.pop(lapsed_lot_key(member_id, lot)["sk"]["S"], None)
        known = lapsed_lot_of(count, nothing) if count else nothing
        # The entries are the truth of what has lapsed; the row only counts what was taken of it.
        return replace(known, lapsed=sum(-entry_of(row).points for row in rows.values()))

    def statement(
        self,
        member_id: str,
        *,
        kind: Kind | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 20,
        position: Mapping[str, str] | None = None,
    ) -> Page[Entry]:
        """Return a member's entries, newest first."""
        if since and until and since >= until:
            return Page([])
        query = statement_query(
            self._table,
            member_id,
            kinds=[kind] if kind else [],
            since=since,
            until=until,
            limit=limit,
            after=position,
        )
        shown, follows = first(self._read.query(query), limit, STATEMENT_KEYS)
        return Page([entry_of(row) for row in shown], follows)

    def every(
        self,
        stretch: Stretch,
        limit: int,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Page[Entry]:
        """Return entries recorded in a span, at most ``limit`` at a time, in no order."""
        # What may be replaced beside the entries, orders' books and lapsed lots' counts, has none.
        keep = "attribute_exists(kind) AND recorded_at BETWEEN :since AND :until"
        span = {
            ":since": text(stamp(since) if since else BEGINNING),
            ":until": text(stamp(until - TICK) if until else END),
        }
        part = Part(
            self._table, stretch.segment, stretch.of, keep, limit, stretch.after, keys_only=False
        )
        rows, follows = self._read.scan(part, span)
        return Page(list(map(entry_of, rows)), follows)

    def paid_orders(
        self,
        since: datetime,
        until: datetime,
        *,
        limit: int,
        position: Mapping[str, str] | None = None,
    ) -> Page[Entry]:
        """Return `paid` entries recorded in a span, in no order, as a scan comes upon them."""
        keep = "sk = :paid AND recorded_at >= :since AND recorded_at < :until"
        span = {":paid": text("paid"), ":since": instant(since), ":until": instant(until)}
        found: list[Entry] = []
        while limit > 0:
            size = min(limit, ROWS_A_READING)
            part = Part(self._table, 0, 1, keep, size, position, keys_only=False)
            rows, position = self._read.scan(part, span)
            found += map(entry_of, rows)
            limit -= size
            if position is None:
                break
        return Page(found, position)
