"""Waiting adjustments in DynamoDB: a row each, and a line in the list of their status."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.actions import IS_NEW, IS_THERE, Action, delete, put
from loyalty.adapters.dynamodb.items import Attributes, Codec, Item, number, read_text, stamp, text
from loyalty.adapters.dynamodb.keys.rows import Key
from loyalty.adapters.dynamodb.keys.trail import adjustment_key, adjustment_line_key
from loyalty.adapters.dynamodb.reading import Query, Reader, first
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.adjustment import AdjustmentStatus, WaitingAdjustment
from loyalty.domain.writes import AddAdjustment, DecideAdjustment
from loyalty.ports import Page

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

AdjustmentWrite = AddAdjustment | DecideAdjustment

_ADJUSTMENTS = Codec(WaitingAdjustment)


class DynamoAdjustments:
    """Keeps `Adjustments`' promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._read = Reader(client)
        self._table = tables.members

    def adjustment(self, adjustment_id: str) -> WaitingAdjustment | None:
        """Return one adjustment."""
        item = self._read.get(self._table, adjustment_key(adjustment_id))
        return _ADJUSTMENTS.value(item) if item else None

    def in_status(
        self,
        status: AdjustmentStatus,
        *,
        limit: int = 20,
        position: Mapping[str, str] | None = None,
    ) -> Page[WaitingAdjustment]:
        """Return adjustments of a status, the oldest request first."""
        listed = Query(
            self._table,
            "pk = :list",
            {":list": adjustment_line_key(status, "", "")["pk"]},
            page_size=limit + 1,
            after=position,
        )
        shown, follows = first(self._read.query(listed), limit, ())
        keys = [adjustment_key(read_text(row, "adjustment_id")) for row in shown]
        return Page(list(map(_ADJUSTMENTS.value, self._read.some(self._table, keys))), follows)


def adjustment_actions(tables: Tables, write: AdjustmentWrite) -> Iterator[Action]:
    """Yield a write's actions."""
    table, adjustment = tables.members, write.adjustment
    if isinstance(write, AddAdjustment):
        yield put(table, _item(adjustment), _read, IS_NEW)
    else:
        seen = {":seen": number(adjustment.version - 1)}
        yield put(table, _item(adjustment), _read, "version = :seen", seen)
        waiting = replace(adjustment, status=AdjustmentStatus.PENDING_APPROVAL)
        yield delete(table, _line(waiting), _nothing, IS_THERE)
    yield put(table, {**_line(adjustment), "adjustment_id": text(adjustment.adjustment_id)}, _read)


def _item(adjustment: WaitingAdjustment) -> Attributes:
    return {
        **adjustment_key(adjustment.adjustment_id),
        **_ADJUSTMENTS.attributes(adjustment),
        "version": number(adjustment.version),
    }


def _line(adjustment: WaitingAdjustment) -> Key:
    at = stamp(adjustment.requested_at)
    return adjustment_line_key(adjustment.status, at, adjustment.adjustment_id)


def _read(item: Item) -> WaitingAdjustment:
    return _ADJUSTMENTS.value(item)


def _nothing(_item: Item) -> None:
    return None
