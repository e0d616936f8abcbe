"""Writes to the ledger, as the fakes make them true: put once, or replaced at a seen version."""

from collections.abc import Iterator

from loyalty.adapters.memory.rows import Change, Rows, require_json
from loyalty.domain.claw_back import LapsedLot
from loyalty.domain.entry import Entry
from loyalty.domain.order_book import OrderBook
from loyalty.domain.writes import AddEntry, CountLapsed, ReplaceTombstone, SaveBook

LedgerWrite = AddEntry | ReplaceTombstone | SaveBook | CountLapsed


def ledger_changes(rows: Rows, write: LedgerWrite) -> Iterator[Change]:
    """Yield what a write makes of the ledger's rows."""
    match write:
        case AddEntry(entry):
            key, found = _at(rows, entry.key.partition, entry.key.fact)
            require_json(entry.explanation)
            yield Change(key, found, found is None, entry)
        case ReplaceTombstone(entry, seen_version):
            key, found = _at(rows, entry.key.partition, entry.key.fact)
            require_json(entry.explanation)
            is_seen = isinstance(found, OrderBook) and found.version == seen_version
            yield Change(key, found, is_seen, entry)
        case SaveBook(book, is_tombstone):
            key, found = _at(rows, book.partition, "paid" if is_tombstone else "state")
            yield Change(key, found, _is_one_less(found, OrderBook, book.version), book)
        case CountLapsed(lapsed):
            lot_key = ("lapsed", lapsed.member_id, lapsed.lot.isoformat())
            row = rows.get(LapsedLot, *lot_key)
            yield Change(lot_key, row, _is_one_less(row, LapsedLot, lapsed.version), lapsed)


def _at(rows: Rows, partition: str, fact: str) -> tuple[tuple[str, ...], object | None]:
    key = ("ledger", partition, fact)
    return key, rows.get(object, *key)


def _is_one_less(
    found: object | None, kind: type[OrderBook] | type[LapsedLot], version: int
) -> bool:
    assert version > 0, "a row is saved with the version that it gets"
    if found is None:
        return version == 1
    assert isinstance(found, OrderBook | LapsedLot | Entry)
    return isinstance(found, kind) and found.version == version - 1
