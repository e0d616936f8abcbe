"""A clock to travel in time with, in local and test stages only."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEY = {"pk": {"S": "clock"}, "sk": {"S": "offset"}}


class TravellingClock:
    """The time plus an offset that stands in the programmes table.

    It is read at every call, so all warm functions have travelled once it is written; time goes
    on from there.
    """

    def __init__(self, client: "DynamoDBClient", table: str) -> None:
        self._client = client
        self._table = table

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        reply = self._client.get_item(TableName=self._table, Key=KEY, ConsistentRead=True)
        seconds = reply.get("Item", {}).get("seconds", {}).get("N", "0")
        return datetime.now(UTC) + timedelta(seconds=float(seconds))
