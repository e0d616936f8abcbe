"""Writes to items, stock and codes, as the fakes make them true."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

from loyalty.adapters.memory.rows import Change, Rows
from loyalty.domain.item import Item, Stock
from loyalty.domain.writes import (
    AddCode,
    AddItem,
    AddStock,
    ChangeItem,
    ClaimCode,
    GiveBackStock,
    SellHeld,
    TakeStock,
)
from loyalty.domain.writes.catalog import days_forgotten

StockWrite = TakeStock | SellHeld | GiveBackStock | AddStock
CatalogWrite = StockWrite | AddItem | ChangeItem | AddCode | ClaimCode


def catalog_changes(rows: Rows, write: CatalogWrite) -> Iterator[Change]:
    """Yield what a write makes of the catalogue's rows."""
    match write:
        case AddItem(item, stock):
            assert item.item_id == stock.item_id, "stock belongs to its item"
            yield _put_new(rows, ("item", item.item_id), item)
            yield _put_new(rows, ("stock", item.item_id), stock)
            yield _tell(rows, item)
        case ChangeItem(item):
            found = rows.get(Item, "item", item.item_id)
            holds = found is not None and found.version == item.version - 1
            yield Change(("item", item.item_id), found, holds, item)
            yield _repeat_in_stock(rows, item)
            yield _tell(rows, item)
        case AddCode(item_id, digest, ciphertext):
            yield _put_new(rows, ("known", item_id, digest), digest)
            yield Change(("free", item_id, digest), None, True, ciphertext)
        case ClaimCode(item_id, digest, ciphertext, redemption_id):
            free = rows.get(bytes, "free", item_id, digest)
            yield Change(("free", item_id, digest), free, free is not None, None)
            yield _put_new(rows, ("claimed", redemption_id, digest), ciphertext)
        case _:
            yield _stock_change(rows, write)


def _put_new(rows: Rows, key: tuple[str, ...], value: object) -> Change:
    found = rows.get(object, *key)
    return Change(key, found, found is None, value)


def _tell(rows: Rows, item: Item) -> Change:
    place = len(rows.keyed(int, "change")) + 1
    return Change(("change", f"{place:012d}", item.item_id), None, True, item.version)


def _repeat_in_stock(rows: Rows, item: Item) -> Change:
    found = rows.get(Stock, "stock", item.item_id)
    stock = found or Stock(item.item_id, 0)
    becomes = replace(stock, item_version=item.version, on_shelf=item.is_on_shelf)
    return Change(("stock", item.item_id), found, found is not None, becomes)


def _stock_change(rows: Rows, write: StockWrite) -> Change:
    found = rows.get(Stock, "stock", write.item_id)
    if found is None:
        return Change(("stock", write.item_id), None, False, None)
    becomes = _counted(found, write)
    # Seen from the row's own side: nothing that a write takes may be missing.
    holds = min(becomes.on_hand, becomes.held, becomes.sold) >= 0
    if isinstance(write, TakeStock):
        holds = holds and found.on_shelf and found.item_version == write.item_version
    if isinstance(write, AddStock) and write.uncovered_seen is not None:
        holds = holds and found.uncovered == write.uncovered_seen
    return Change(("stock", write.item_id), found, holds, becomes)


def _counted(stock: Stock, write: StockWrite) -> Stock:
    pieces = write.pieces
    match write:
        case TakeStock(is_held=is_held):
            counted = replace(
                stock,
                on_hand=stock.on_hand - pieces,
                taken=_taken(stock.taken, write),
                last_taken_at=write.at or stock.last_taken_at,
            )
            if is_held:
                return replace(counted, held=stock.held + pieces)
            return replace(counted, sold=stock.sold + pieces)
        case SellHeld():
            return replace(stock, held=stock.held - pieces, sold=stock.sold + pieces)
        case GiveBackStock(was_held=True):
            return replace(stock, held=stock.held - pieces, on_hand=stock.on_hand + pieces)
        case GiveBackStock():
            return replace(stock, sold=stock.sold - pieces, on_hand=stock.on_hand + pieces)
        case AddStock(uncovered=uncovered):
            is_less = write.at is not None and pieces < 0
            return replace(
                stock,
                on_hand=stock.on_hand + pieces,
                uncovered=stock.uncovered + uncovered,
                last_taken_at=write.at if is_less else stock.last_taken_at,
            )


def _taken(taken: Mapping[date, int], write: TakeStock) -> Mapping[date, int]:
    if write.on is None:
        return taken
    forgotten = set(days_forgotten(write.on))
    kept = {day: pieces for day, pieces in taken.items() if day not in forgotten}
    return {**kept, write.on: kept.get(write.on, 0) + write.pieces}
