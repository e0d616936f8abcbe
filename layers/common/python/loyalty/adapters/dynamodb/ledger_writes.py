"""Writes to the ledger as actions: Puts only, for no role may update or delete there."""

from collections.abc import Iterator
from functools import partial

from loyalty.adapters.dynamodb.actions import IS_NEW, Action, Read, put
from loyalty.adapters.dynamodb.items import Item, number
from loyalty.adapters.dynamodb.ledger_rows import (
    TOMBSTONE,
    book_item,
    entry_item,
    lapsed_lot_item,
    lapsed_lot_of,
    paid_of,
)
from loyalty.adapters.dynamodb.ledger_rows import book_of as state_of
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.claw_back import LapsedLot
from loyalty.domain.writes import AddEntry, CountLapsed, ReplaceTombstone, SaveBook

LedgerWrite = AddEntry | ReplaceTombstone | SaveBook | CountLapsed

IS_SEEN = "version = :seen"
IS_SEEN_TOMBSTONE = f"attribute_exists({TOMBSTONE}) AND {IS_SEEN}"


def ledger_actions(tables: Tables, write: LedgerWrite) -> Iterator[Action]:
    """Yield a write's actions."""
    table = tables.ledger
    match write:
        case AddEntry(entry):
            yield put(table, entry_item(entry), paid_of, IS_NEW)
        case ReplaceTombstone(entry, seen_version):
            item, seen = entry_item(entry), _seen(seen_version)
            yield put(table, item, paid_of, IS_SEEN_TOMBSTONE, seen)
        case SaveBook(book, is_tombstone):
            item = book_item(book, is_tombstone=is_tombstone)
            read, condition = (paid_of, IS_SEEN_TOMBSTONE) if is_tombstone else (state_of, IS_SEEN)
            yield _save(table, item, read, condition, book.version)
        case CountLapsed(lapsed):
            asked = LapsedLot(lapsed.member_id, lapsed.lot)
            count_of = partial(lapsed_lot_of, asked=asked)
            yield _save(table, lapsed_lot_item(lapsed), count_of, IS_SEEN, lapsed.version)


def _save(table: str, item: Item, read: Read, condition: str, version: int) -> Action:
    """Put a row that its version guards: the first one where there is none yet."""
    assert version > 0, "a row is saved with the version that it gets"
    if version == 1:
        return put(table, item, read, IS_NEW)
    return put(table, item, read, condition, _seen(version - 1))


def _seen(version: int) -> Item:
    return {":seen": number(version)}
