"""Writes to items and codes as actions; stock has its own."""

from collections.abc import Iterator
from datetime import UTC, datetime

from loyalty.adapters.dynamodb.actions import IS_NEW, IS_THERE, Action, delete, put, update
from loyalty.adapters.dynamodb.catalog_rows import (
    change_of,
    change_row,
    ciphertext_of,
    digest_of,
    item_of,
    item_row,
    roster_row,
    stock_of,
    stock_row,
)
from loyalty.adapters.dynamodb.items import number
from loyalty.adapters.dynamodb.keys.catalog import (
    claimed_code_key,
    free_code_key,
    known_code_key,
    stock_key,
)
from loyalty.adapters.dynamodb.stock_writes import StockWrite, stock_action
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.item import Item
from loyalty.domain.writes import AddCode, AddItem, ChangeItem, ClaimCode

CatalogWrite = StockWrite | AddItem | ChangeItem | AddCode | ClaimCode


def catalog_actions(tables: Tables, write: CatalogWrite) -> Iterator[Action]:
    """Yield a write's actions."""
    table = tables.catalog
    match write:
        case AddItem(item, stock):
            assert item.item_id == stock.item_id, "stock belongs to its item"
            yield put(table, item_row(item), item_of, IS_NEW)
            yield put(table, stock_row(stock), stock_of, IS_NEW)
            yield put(table, roster_row(item), item_of)
            yield _tell(table, item)
        case ChangeItem(item):
            seen = {":seen": number(item.version - 1)}
            yield put(table, item_row(item), item_of, "version = :seen", seen)
            yield _repeat_in_stock(table, item)
            yield _tell(table, item)
        case AddCode():
            yield from _add_code(table, write)
        case ClaimCode():
            yield from _claim_code(table, write)
        case _:
            yield stock_action(table, write)


def _tell(table: str, item: Item) -> Action:
    """Tell whoever remembers the shelf; by the machine's clock, for the programme's can travel."""
    return put(table, change_row(item, datetime.now(UTC)), change_of)


def _repeat_in_stock(table: str, item: Item) -> Action:
    return update(
        table,
        stock_key(item.item_id),
        "SET item_version = :version, on_shelf = :on_shelf",
        stock_of,
        where=IS_THERE,
        values={":version": number(item.version), ":on_shelf": {"BOOL": item.is_on_shelf}},
    )


def _add_code(table: str, write: AddCode) -> Iterator[Action]:
    """Two rows, four units: the code itself, which claiming removes, and that it is known.

    To look for a claimed code instead would need a row of it by item, written when it is claimed:
    two units more. A pool whose claimed codes stay in it would have to be searched past them.
    """
    known = known_code_key(write.item_id, write.digest)
    yield put(table, known, digest_of, IS_NEW)
    free = free_code_key(write.item_id, write.digest)
    yield put(table, {**free, "ciphertext": {"B": write.ciphertext}}, ciphertext_of)


def _claim_code(table: str, write: ClaimCode) -> Iterator[Action]:
    yield delete(table, free_code_key(write.item_id, write.digest), ciphertext_of, IS_THERE)
    claimed = claimed_code_key(write.redemption_id, write.digest)
    yield put(table, {**claimed, "ciphertext": {"B": write.ciphertext}}, ciphertext_of, IS_NEW)
