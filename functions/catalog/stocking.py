"""Use case of operators on stock: pieces added, or taken off, by hand."""

from catalog.service import show_item
from catalog.shelf import StockedItem
from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain.audit import Operator
from loyalty.domain.errors import OutOfStock
from loyalty.domain.item import ItemKind
from loyalty.domain.writes import AddStock
from loyalty.ports import Mall, WriteRefused


def add_stock(
    mall: Mall, operator: Operator, key: str, item_id: str, pieces: int, reason: str
) -> StockedItem:
    """Add pieces, or take some off; the same key does it once.

    A virtual item's pieces are promised: codes that are imported stand behind them first.

    Raises:
        NotFound: there is no such item.
        OutOfStock: fewer are there than shall be taken off.
        IdempotencyKeyReused: the key came with another number or reason.
    """
    seen = show_item(mall, item_id)
    act = OperatorAct(
        operator,
        "item.stock",
        item_id,
        key,
        request=[pieces, reason],
        reason=reason,
        before={"stock": seen.stock.on_hand},
        after={"delta": pieces},
    )
    promised = pieces if seen.item.kind is ItemKind.VIRTUAL else 0
    try:
        commit_once(mall, act, [AddStock(item_id, pieces, uncovered=promised, at=mall.clock.now())])
    except WriteRefused as refused:
        available = show_item(mall, item_id).stock.on_hand
        raise OutOfStock("There are not so many to take off.", available=available) from refused
    return show_item(mall, item_id)
