"""Writes to stock as actions: arithmetic, each with what must not be missing."""

from loyalty.adapters.dynamodb.actions import Action, update
from loyalty.adapters.dynamodb.catalog_rows import stock_of
from loyalty.adapters.dynamodb.items import Attributes, number
from loyalty.adapters.dynamodb.keys import stock_key
from loyalty.domain.writes import AddStock, GiveBackStock, SellHeld, TakeStock

StockWrite = TakeStock | SellHeld | GiveBackStock | AddStock

CAN_BE_TAKEN = "on_hand >= :pieces AND on_shelf = :yes AND item_version = :priced"


def stock_action(table: str, write: StockWrite) -> Action:
    """Return a write's action."""
    match write:
        case TakeStock(item_version=priced, is_held=is_held):
            values: Attributes = {":yes": {"BOOL": True}, ":priced": number(priced)}
            taken = "held" if is_held else "sold"
            return _move(table, write, "on_hand", taken, CAN_BE_TAKEN, values)
        case SellHeld():
            return _move(table, write, "held", "sold", "held >= :pieces")
        case GiveBackStock(was_held=was_held):
            taken = "held" if was_held else "sold"
            return _move(table, write, taken, "on_hand", f"{taken} >= :pieces")
        case AddStock():
            return _add(table, write)


def _move(
    table: str,
    write: TakeStock | SellHeld | GiveBackStock,
    source: str,
    target: str,
    where: str,
    values: Attributes | None = None,
) -> Action:
    assert write.pieces > 0, "stock moves by whole pieces"
    return update(
        table,
        stock_key(write.item_id),
        f"ADD {source} :less, {target} :pieces",
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
    return update(
        table,
        stock_key(write.item_id),
        "ADD on_hand :pieces, uncovered :uncovered",
        stock_of,
        where=where,
        values=values,
    )
