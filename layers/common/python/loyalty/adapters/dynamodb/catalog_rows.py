"""Items, stock and codes as rows."""

from datetime import date, datetime

from loyalty.adapters.dynamodb.items import (
    Attributes,
    Codec,
    number,
    read_number,
    read_text,
    stamp,
    text,
)
from loyalty.adapters.dynamodb.items import (
    Item as Row,
)
from loyalty.adapters.dynamodb.keys.catalog import change_key, item_key, roster_key, stock_key
from loyalty.domain.item import Item, Stock

_TAKEN = "d"
_ITEMS = Codec(Item, omitted=("item_id",))

SHELF = "mall"
"""The one shelf there is; only what is on it stands in its index."""


def item_row(item: Item) -> Attributes:
    """Return an item's row."""
    attributes = {
        **item_key(item.item_id),
        **_ITEMS.attributes(item),
        "version": number(item.version),
    }
    if item.is_on_shelf:
        attributes |= {"shelf": text(SHELF), "listed_at": text(stamp(item.created_at))}
    return attributes


def item_of(row: Row) -> Item:
    """Return the item that a row holds."""
    return _ITEMS.value(row, item_id=_item_id(row))


def stock_row(stock: Stock) -> Attributes:
    """Return a stock's row."""
    return {
        **stock_key(stock.item_id),
        "on_hand": number(stock.on_hand),
        "held": number(stock.held),
        "sold": number(stock.sold),
        "uncovered": number(stock.uncovered),
        "item_version": number(stock.item_version),
        "on_shelf": {"BOOL": stock.on_shelf},
    }


def stock_of(row: Row) -> Stock:
    """Return the stock that a row holds."""
    return Stock(
        item_id=_item_id(row),
        on_hand=read_number(row, "on_hand"),
        held=read_number(row, "held"),
        sold=read_number(row, "sold"),
        uncovered=read_number(row, "uncovered"),
        item_version=read_number(row, "item_version"),
        on_shelf=row["on_shelf"]["BOOL"],
        taken=_taken(row),
        last_taken_at=_last_taken_at(row),
    )


def _last_taken_at(row: Row) -> datetime | None:
    name = "last_taken_at"
    return datetime.fromisoformat(read_text(row, name)) if name in row else None


def taken_on(day: date) -> str:
    """Return the attribute that counts the pieces of a day.

    >>> taken_on(date(2026, 11, 21))
    'd20261121'
    """
    return f"{_TAKEN}{day:%Y%m%d}"


def _taken(row: Row) -> dict[date, int]:
    counted = (name for name in row if name.startswith(_TAKEN) and name[1:].isdigit())
    return {date.fromisoformat(name[1:]): read_number(row, name) for name in sorted(counted)}


def roster_row(item: Item) -> Attributes:
    """Return an item's line in the list of all items, whatever their status."""
    return {
        **roster_key(stamp(item.created_at), item.item_id),
        "item_id": text(item.item_id),
    }


def change_row(item: Item, changed_at: datetime) -> Attributes:
    """Return the row that tells of an item's change."""
    return {
        **change_key(stamp(changed_at), item.item_id),
        "item_id": text(item.item_id),
        "version": number(item.version),
    }


def change_of(row: Row) -> tuple[str, int]:
    """Return which item was changed, and to which version."""
    return read_text(row, "item_id"), read_number(row, "version")


def ciphertext_of(row: Row) -> bytes:
    """Return the encrypted code that a row holds."""
    return row["ciphertext"]["B"]


def digest_of(row: Row) -> str:
    """Return the digest of a code that is known."""
    return read_text(row, "sk").partition("#")[2]


def _item_id(row: Row) -> str:
    return read_text(row, "pk").removeprefix("item#")
