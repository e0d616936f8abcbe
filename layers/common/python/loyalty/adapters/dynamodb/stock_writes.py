"""Writes to stock as actions: arithmetic, each with what must not be missing."""

from loyalty.adapters.dynamodb.actions import Action, update
from loyalty.adapters.dynamodb.catalog_rows import stock_of, taken_on
from loyalty.adapters.dynamodb.items import Attributes, instant, number
from loyalty.adapters.dynamodb.keys.catalog import stock_key
from loyalty.domain.writes import AddStock, GiveBackStock, SellHeld, TakeStock
from loyalty.domain.writes.catalog import days_forgotten

StockWrite = TakeStock | SellHeld | GiveBackStock | AddStock

CAN_BE_TAKEN = "on_hand >= :pieces AND on_shelf = :yes AND item_version = :priced"


def stock_action(table: str, write: StockWrite) -> Action:
    """Return a write's action."""
    match write:
        case TakeStock():
            return _take(table, write)
        case SellHeld():
            return _move(table, write, "held", "sold", "held >= :pieces")
        case GiveBackStock(was_held=was_held):
            taken = "held" if was_held else "sold"
            return _move(table, write, taken, "on_hand", f"{taken} >= :pieces")
        case AddStock():
            return _add(table, write)


def _take(table: str, write: TakeStock) -> Action:
    """The pieces of each day stand in the stock's own row: a day's count costs no unit more."""
    values: Attributes = {":yes": {"BOOL": True}, ":priced": number(write.item_version)}
    more = ""
    if write.on:
        forgotten = ", ".join(map(taken_on, days_forgotten(write.on)))
        more = f", {taken_on(write.on)} :pieces REMOVE {forgotten}"
    if write.at:
        more += " SET last_taken_at = :at"
        values[":at"] = instant(write.at)
    target = "held" if write.is_held else "sold"
    return _move(table, write, "on_hand", target, CAN_BE_TAKEN, values, more)


def _move(
    table: str,
    write: TakeStock | SellHeld | GiveBackStock,
    source: str,
    target: str,
    where: str,
    values: Attributes | None = None,
    more: str = "",
) -> Action:
    assert write.pieces > 0, "stock moves by whole pieces"
    return update(
        table,
        stock_key(write.item_id),
        f"ADD {source} :less, {target} :pieces{more}",
        stock_of,
        where=where,
        values={
            ":pieces": number(write.pieces),
            ":less": number(-write.pieces),
            **(values or {}),
        },
    )


def _add(table: str, write: AddStock) -> Action:
    where = "on_hand >= :missing"
    values = {
        ":pieces": number(write.pieces),
        ":missing": number(-write.pieces),
        ":uncovered": number(write.uncovered),
    }
    if write.uncovered_seen is not None:
        where += " AND uncovered = :seen"
        values[":seen"] = number(write.uncovered_seen)
    more = ""
    if write.at and write.pieces < 0:
        more = " SET last_taken_at = :at"
        values[":at"] = instant(write.at)
    return update(
        table,
        stock_key(write.item_id),
        f"ADD on_hand :pieces, uncovered :uncovered{more}",
        stock_of,
        where=where,
        values=values,
    )
