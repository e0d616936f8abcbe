"""How the report on stock is answered."""

from collections.abc import Iterable
from typing import Self

from catalog.replenishing import Flag, Outlook
from loyalty.api.schema import Instant, Schema
from loyalty.domain.item import ItemKind


class StockOutlook(Schema):
    """An item's stock, and its outlook: pieces redeemed ``per_day``, how many to ``reorder``."""

    item_id: str
    name: dict[str, str]
    kind: ItemKind
    category: str
    stock: int
    held: int
    low_stock_at: int | None
    redeemed_30_days: int
    per_day: str
    days_of_cover: int | None
    reorder: int
    sold_out_since: Instant | None
    flags: list[Flag]

    @classmethod
    def of(cls, shown: Outlook) -> Self:
        """Return an item's form."""
        item, stock = shown.item, shown.stock
        return cls(
            item_id=item.item_id,
            name=dict(item.name),
            kind=item.kind,
            category=item.category,
            stock=stock.on_hand,
            held=stock.held,
            low_stock_at=item.low_stock_at,
            redeemed_30_days=shown.redeemed,
            per_day=f"{shown.per_day:.2f}",
            days_of_cover=shown.days_of_cover,
            reorder=shown.reorder,
            sold_out_since=shown.sold_out_since,
            flags=list(shown.flags),
        )


class StockReport(Schema):
    """A part of the report, most urgent first."""

    items: list[StockOutlook]
    next_cursor: str | None

    @classmethod
    def of(cls, shown: Iterable[Outlook], next_cursor: str | None) -> Self:
        """Return a part of the report."""
        return cls(items=[StockOutlook.of(one) for one in shown], next_cursor=next_cursor)
