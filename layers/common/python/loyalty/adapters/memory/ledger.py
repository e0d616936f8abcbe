"""The ledger, remembered."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from zlib import crc32

from loyalty.adapters.memory.rows import Rows, due_first, newest_first
from loyalty.adapters.paid_entries import book_of_paid_entry
from loyalty.domain.account import Kind
from loyalty.domain.claw_back import LapsedLot
from loyalty.domain.entry import Entry, EntryKey, lapse_prefix
from loyalty.domain.order_book import OrderBook
from loyalty.ports import Page, Stretch


class MemoryLedger:
    """Keeps `Ledger`'s promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def entry(self, key: EntryKey) -> Entry | None:
        """Return one entry."""
        found = self._rows.get(object, "ledger", key.partition, key.fact)
        return found if isinstance(found, Entry) else None

    def entries_under(self, partition: str, prefix: str) -> Sequence[Entry]:
        """Return the entries whose facts begin so, in the order of their facts."""
        entries = self._rows.under(Entry, "ledger", partition)
        return [entry for entry in entries if entry.key.fact.startswith(prefix)]

    def book(self, source: str, order_id: str) -> OrderBook:
        """Return what is known of a shop's order: from its state, its tombstone or its entry."""
        unknown = OrderBook(source, order_id)
        with self._rows.lock:
            state = self._rows.get(OrderBook, "ledger", unknown.partition, "state")
            paid = self._rows.get(object, "ledger", unknown.partition, "paid")
        if state is not None:
            return state
        if isinstance(paid, Entry):
            return book_of_paid_entry(source, order_id, paid)
        return paid if isinstance(paid, OrderBook) else unknown

    def lapsed_lot(self, member_id: str, lot: date) -> LapsedLot:
        """Return what has lapsed in a lot, and how much of it is counted."""
        with self._rows.lock:
            row = self._rows.get(LapsedLot, "lapsed", member_id, lot.isoformat())
            entries = self._rows.under(Entry, "ledger", f"member:{member_id}")
        lapses = (e for e in entries if e.key.fact.startswith(lapse_prefix(lot)))
        return LapsedLot(
            member_id,
            lot,
            lapsed=sum(-entry.points for entry in lapses),
            counted=row.counted if row else 0,
            version=row.version if row else 0,
        )

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
        entries = [
            entry
            for entry in self._rows.under(Entry, "ledger")
            if entry.member_id == member_id
            and kind in {None, entry.kind}
            and (since is None or entry.recorded_at >= since)
            and (until is None or entry.recorded_at < until)
        ]
        return newest_first(entries, _place, limit, position)

    def every(
        self,
        stretch: Stretch,
        limit: int,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Page[Entry]:
        """Return entries recorded in a span, at most ``limit`` at a time, in no order."""
        entries = [
            entry
            for entry in self._rows.under(Entry, "ledger")
            if crc32(entry.key.partition.encode()) % stretch.of == stretch.segment
        ]
        page = due_first(entries, lambda entry: entry.key.entry_id, limit, stretch.after)
        kept = [
            entry
            for entry in page.items
            if (since is None or entry.recorded_at >= since)
            and (until is None or entry.recorded_at < until)
        ]
        return Page(kept, page.next_position)

    def paid_orders(
        self,
        since: datetime,
        until: datetime,
        *,
        limit: int,
        position: Mapping[str, str] | None = None,
    ) -> Page[Entry]:
        """Return `paid` entries recorded in a span, in no order."""
        entries = self._rows.under(Entry, "ledger")
        page = due_first(entries, lambda entry: entry.key.entry_id, limit, position)
        paid = [
            entry
            for entry in page.items
            if entry.key.fact == "paid" and since <= entry.recorded_at < until
        ]
        return Page(paid, page.next_position)


def _place(entry: Entry) -> str:
    return f"{entry.recorded_at.isoformat(timespec='microseconds')} {entry.key.entry_id}"
