"""What members do besides buying, in DynamoDB: small rows, each guarded by its version."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.actions import IS_NEW, Action, put
from loyalty.adapters.dynamodb.activity_rows import activity_item, reader_of
from loyalty.adapters.dynamodb.items import number
from loyalty.adapters.dynamodb.keys import check_ins_key
from loyalty.adapters.dynamodb.reading import Reader
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.check_in import CheckInCard
from loyalty.domain.writes import SaveActivity

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ActivityWrite = SaveActivity


class DynamoActivities:
    """Keeps `Activities`' promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._read = Reader(client)
        self._table = tables.activities

    def check_ins(self, member_id: str) -> CheckInCard:
        """Return a member's card; one that nothing was ever marked on is at version 0."""
        item = self._read.get(self._table, check_ins_key(member_id))
        return reader_of(CheckInCard)(item) if item else CheckInCard(member_id)


def activity_actions(tables: Tables, write: ActivityWrite) -> Iterator[Action]:
    """Yield a write's actions."""
    row = write.activity
    assert row.version > 0, "a row is saved with the version that it gets"
    where = IS_NEW if row.version == 1 else "version = :seen"
    seen = None if row.version == 1 else {":seen": number(row.version - 1)}
    yield put(tables.activities, activity_item(row), reader_of(type(row)), where, seen)
