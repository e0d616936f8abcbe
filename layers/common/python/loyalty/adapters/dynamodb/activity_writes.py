"""Writes of what members do besides buying, as actions."""

from collections.abc import Iterator

from loyalty.adapters.dynamodb.actions import IS_NEW, Action, check, put
from loyalty.adapters.dynamodb.activity_rows import activity_item, lines_of, reader_of
from loyalty.adapters.dynamodb.items import number, text
from loyalty.adapters.dynamodb.keys.activities import bond_key
from loyalty.adapters.dynamodb.keys.rows import key_of
from loyalty.adapters.dynamodb.ledger_rows import book_of
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.referral import Bond
from loyalty.domain.writes import ForbidRing, OrderStands, SaveActivity

ActivityWrite = SaveActivity | ForbidRing | OrderStands

IS_SEEN = "version = :seen"


def activity_actions(tables: Tables, write: ActivityWrite) -> Iterator[Action]:
    """Yield a write's actions."""
    table = tables.activities
    match write:
        case SaveActivity(row):
            assert row.version > 0, "a row is saved with the version that it gets"
            read, item = reader_of(type(row)), activity_item(row)
            if row.version == 1:
                yield put(table, item, read, IS_NEW)
            else:
                yield put(table, item, read, IS_SEEN, {":seen": number(row.version - 1)})
            yield from (put(table, line, read) for line in lines_of(row))
        case ForbidRing(referrer_id, friend_id):
            where = "attribute_not_exists(pk) OR referrer_id <> :friend"
            values = {":friend": text(friend_id)}
            yield check(table, bond_key(referrer_id), reader_of(Bond), where, values)
        case OrderStands(book):
            state = key_of(book.partition, "state")
            if book.version:
                seen = {":seen": number(book.version)}
                yield check(tables.ledger, state, book_of, IS_SEEN, seen)
            else:
                yield check(tables.ledger, state, book_of, IS_NEW)
