"""Writes to redemptions and the counters of their limits as actions."""

from collections.abc import Iterator

from loyalty.adapters.dynamodb.actions import IS_NEW, Action, put, update
from loyalty.adapters.dynamodb.items import Attributes, number
from loyalty.adapters.dynamodb.keys.accounts import limit_key
from loyalty.adapters.dynamodb.order_rows import pieces_of, redemption_item, redemption_of
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.writes import ChangeRedemption, CountLimit, OpenRedemption

OrderWrite = OpenRedemption | ChangeRedemption | CountLimit


def order_actions(tables: Tables, write: OrderWrite) -> Iterator[Action]:
    """Yield a write's actions."""
    table = tables.orders
    match write:
        case OpenRedemption(redemption):
            yield put(table, redemption_item(redemption), redemption_of, IS_NEW)
        case ChangeRedemption(redemption):
            seen = {":seen": number(redemption.version - 1)}
            item = redemption_item(redemption)
            yield put(table, item, redemption_of, "version = :seen", seen)
        case CountLimit():
            yield _count(table, write)


def _count(table: str, write: CountLimit) -> Action:
    values: Attributes = {":pieces": number(write.pieces)}
    where = None
    if write.limit is not None:
        room = write.limit - write.pieces
        values[":room"] = number(room)
        # Where nothing was counted yet, the pieces alone must fit.
        where = (
            "attribute_not_exists(pieces) OR pieces <= :room" if room >= 0 else "pieces <= :room"
        )
    return update(
        table,
        limit_key(write.member_id, write.item_id, write.period),
        "ADD pieces :pieces",
        pieces_of,
        where=where,
        values=values,
    )
