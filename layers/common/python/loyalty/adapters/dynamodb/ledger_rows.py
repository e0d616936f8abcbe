"""Entries, and the three kinds of row beside them that may be replaced, as rows."""

from dataclasses import replace

from loyalty.adapters.dynamodb.items import (
    Attributes,
    Codec,
    Item,
    instant,
    number,
    read_number,
    read_text,
)
from loyalty.adapters.dynamodb.keys.accounts import entry_key, lapsed_lot_key
from loyalty.adapters.dynamodb.keys.rows import key_of
from loyalty.domain.claw_back import LapsedLot
from loyalty.domain.entry import Entry, EntryKey
from loyalty.domain.order_book import OrderBook

_ENTRIES = Codec(
    Entry,
    omitted=("key",),
    short={"programme_version": "rules", "explanation": "why", "reference": "ref"},
)
# `member`, not `member_id`: a book is no line of a member's statement.
_BOOKS = Codec(OrderBook, short={"member_id": "member"})

TOMBSTONE = "tombstone"


def entry_item(entry: Entry) -> Attributes:
    """Return an entry's row."""
    plain = replace(entry, lots=dict(entry.lots))
    return {
        **entry_key(entry.key),
        **_ENTRIES.attributes(plain),
        # The statement's index sorts by it.
        "recorded_at": instant(entry.recorded_at),
    }


def entry_of(item: Item) -> Entry:
    """Return the entry that a row holds."""
    key = EntryKey(read_text(item, "pk"), read_text(item, "sk"))
    # What was left out because it was empty, and has no default that could stand in for it.
    empty: Attributes = {"member_id": {"NULL": True}, "lots": {"M": {}}}
    return _ENTRIES.value({**empty, **item}, key=key)


def book_item(book: OrderBook, *, is_tombstone: bool) -> Attributes:
    """Return the row of an order's state, or of the tombstone that waits for the order."""
    attributes = _BOOKS.attributes(book)
    if is_tombstone:
        attributes[TOMBSTONE] = {"BOOL": True}
    return {**key_of(book.partition, "paid" if is_tombstone else "state"), **attributes}


def book_of(item: Item) -> OrderBook:
    """Return the order's book that a row holds."""
    return _BOOKS.value(item)


def paid_of(item: Item) -> Entry | OrderBook:
    """Return what stands where entries stand: an entry, or early news under an order's `paid`."""
    return book_of(item) if TOMBSTONE in item else entry_of(item)


def lapsed_lot_item(lapsed: LapsedLot) -> Attributes:
    """Return the row that counts what claw-backs have taken of a lapsed lot."""
    return {
        **lapsed_lot_key(lapsed.member_id, lapsed.lot),
        "lapsed": number(lapsed.lapsed),
        "counted": number(lapsed.counted),
        "version": number(lapsed.version),
    }


def lapsed_lot_of(item: Item, asked: LapsedLot) -> LapsedLot:
    """Return a lot's count as a row holds it."""
    return replace(
        asked,
        lapsed=read_number(item, "lapsed"),
        counted=read_number(item, "counted"),
        version=read_number(item, "version"),
    )
