"""Traces and cases in DynamoDB: a row each, and a line in the list of a case's status."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.actions import IS_NEW, IS_THERE, Action, delete, put
from loyalty.adapters.dynamodb.faults import asking_for_patience
from loyalty.adapters.dynamodb.items import Attributes, Codec, Item, number, read_text, stamp, text
from loyalty.adapters.dynamodb.keys.rows import Key
from loyalty.adapters.dynamodb.keys.trail import anomaly_key, anomaly_line_key, trace_key
from loyalty.adapters.dynamodb.reading import Query, Reader, first
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.adapters.dynamodb.transaction import ConditionsFailed, transact
from loyalty.domain.anomaly.finding import Case, CaseStatus
from loyalty.domain.anomaly.trace import Trace
from loyalty.domain.writes import DecideCase
from loyalty.ports import Page

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEPT = timedelta(days=60)
"""A trace that nobody adds to for so long has nothing to say; the table forgets it some day."""

_TRACES = Codec(Trace)
_CASES = Codec(Case)


class DynamoTraces:
    """Keeps `Traces`' promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._client = client
        self._read = Reader(client)
        self._table = tables.anomalies

    def trace(self, subject: str) -> Trace | None:
        """Return a subject's trace."""
        item = self._read.get(self._table, trace_key(subject))
        return _TRACES.value(item) if item else None

    def save(self, trace: Trace) -> bool:
        """Replace a trace; False: somebody else has changed it since its version was read."""
        assert trace.last_on, "what was changed has a day"
        forgotten_on = datetime.combine(trace.last_on + KEPT, time(), UTC)
        item = {
            **trace_key(trace.subject),
            **_TRACES.attributes(trace),
            "version": number(trace.version),
            "expires_at": number(int(forgotten_on.timestamp())),
        }
        with asking_for_patience():
            try:
                self._client.put_item(
                    TableName=self._table,
                    Item=item,
                    ConditionExpression=f"{IS_NEW} OR version = :seen",
                    ExpressionAttributeValues={":seen": number(trace.version - 1)},
                )
            except self._client.exceptions.ConditionalCheckFailedException:
                return False
        return True


class DynamoAnomalies:
    """Keeps `Anomalies`' promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._client = client
        self._read = Reader(client)
        self._table = tables.anomalies

    def case(self, anomaly_id: str) -> Case | None:
        """Return one case."""
        item = self._read.get(self._table, anomaly_key(anomaly_id))
        return _CASES.value(item) if item else None

    def open(self, case: Case) -> bool:
        """Put a new case; False: there is one of this id."""
        actions = [put(self._table, _item(case), _case, IS_NEW), _listed(self._table, case)]
        try:
            transact(self._client, [action.request for action in actions])
        except ConditionsFailed:
            return False
        return True

    def in_status(
        self,
        status: CaseStatus,
        *,
        limit: int = 20,
        position: Mapping[str, str] | None = None,
    ) -> Page[Case]:
        """Return cases of a status, the oldest finding first."""
        listed = Query(
            self._table,
            "pk = :list",
            {":list": anomaly_line_key(status, "", "")["pk"]},
            page_size=limit + 1,
            after=position,
        )
        shown, follows = first(self._read.query(listed), limit, ())
        keys = [anomaly_key(read_text(row, "anomaly_id")) for row in shown]
        return Page(list(map(_case, self._read.some(self._table, keys))), follows)


def anomaly_actions(tables: Tables, write: DecideCase) -> Iterator[Action]:
    """Yield a write's actions."""
    table, case = tables.anomalies, write.case
    seen = {":seen": number(case.version - 1)}
    yield put(table, _item(case), _case, "version = :seen", seen)
    yield delete(table, _line(replace(case, status=CaseStatus.OPEN)), _nothing, IS_THERE)
    yield _listed(table, case)


def _listed(table: str, case: Case) -> Action:
    return put(table, {**_line(case), "anomaly_id": text(case.anomaly_id)}, _case)


def _item(case: Case) -> Attributes:
    attributes = _CASES.attributes(case)
    return {**anomaly_key(case.anomaly_id), **attributes, "version": number(case.version)}


def _line(case: Case) -> Key:
    return anomaly_line_key(case.status, stamp(case.found_at), case.anomaly_id)


def _case(item: Item) -> Case:
    return _CASES.value(item)


def _nothing(_item: Item) -> None:
    return None
