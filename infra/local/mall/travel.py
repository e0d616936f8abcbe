"""The clock that travels in time: an offset that every function reads at every call."""

import math
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mall.aws import Aws
from mall.errors import MallError
from mall.stack_file import Stack

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

KEY = {"pk": {"S": "clock"}, "sk": {"S": "offset"}}
STAGES_THAT_TRAVEL = {"local", "test"}


class Clock:
    """The time of one stack."""

    def __init__(self, stack: Stack, dynamodb: "DynamoDBClient | None" = None) -> None:
        self._stack = stack
        self._table = stack.tables["ProgrammesTable"]
        self._dynamodb = dynamodb or Aws(stack.aws.endpoint, stack.aws.region).dynamodb

    def offset(self) -> timedelta:
        """How far the stack's time is ahead of (or behind) real time."""
        item = self._dynamodb.get_item(TableName=self._table, Key=KEY).get("Item")
        return timedelta(seconds=int(item["seconds"]["N"])) if item else timedelta()

    def now(self) -> datetime:
        """The stack's time."""
        return datetime.now(UTC) + self.offset()

    def set(self, instant: datetime) -> None:
        """Make it this instant now; time goes on from there.

        Raises:
            MallError: the stack's stage has a clock that does not travel.
        """
        self._may_travel()
        seconds = math.ceil((instant - datetime.now(UTC)).total_seconds())
        self._dynamodb.put_item(TableName=self._table, Item={**KEY, "seconds": {"N": str(seconds)}})

    def reset(self) -> None:
        """Go back to real time.

        Raises:
            MallError: the stack's stage has a clock that does not travel.
        """
        self._may_travel()
        self._dynamodb.delete_item(TableName=self._table, Key=KEY)

    def _may_travel(self) -> None:
        if self._stack.stage not in STAGES_THAT_TRAVEL:
            raise MallError(
                f"The clock of a stage {self._stack.stage} does not travel.",
                f"Only these do: {', '.join(sorted(STAGES_THAT_TRAVEL))}.",
            )


def parse_instant(text: str, time_zone: str) -> datetime:
    """An instant in RFC 3339, or a day: its first moment in the programme's zone.

    Raises:
        MallError: it is neither.
    """
    zone = ZoneInfo(time_zone)
    try:
        if len(text) == len("2026-11-21"):
            return datetime.combine(date.fromisoformat(text), time(), zone)
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise MallError(
            f"{text} is no instant.", "Write 2027-01-01, or 2026-12-31T16:00:00Z."
        ) from None
    return instant if instant.tzinfo else instant.replace(tzinfo=zone)
