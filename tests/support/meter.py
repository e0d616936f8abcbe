"""What DynamoDB bills for: every request of a client is asked for its consumed capacity."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

WRITES = {"TransactWriteItems", "PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem"}


@dataclass
class Bill:
    """The requests that were made, and their units."""

    requests: list[tuple[str, float]] = field(default_factory=list)

    @property
    def writes(self) -> list[float]:
        """The units of each write request."""
        return [units for name, units in self.requests if name in WRITES]

    @property
    def reads(self) -> list[float]:
        """The units of each read request."""
        return [units for name, units in self.requests if name not in WRITES]


class Meter:
    """Stands between a client and its calls."""

    def __init__(self, client: "DynamoDBClient") -> None:
        self._open: list[Bill] = []
        events = client.meta.events
        events.register("before-parameter-build.dynamodb", self._ask)
        events.register("after-call.dynamodb", self._note)

    @contextmanager
    def bill(self) -> Iterator[Bill]:
        """Note what is consumed inside."""
        bill = Bill()
        self._open.append(bill)
        try:
            yield bill
        finally:
            self._open.remove(bill)

    def _ask(self, params: dict[str, Any], model: Any, **_: object) -> None:
        if "ReturnConsumedCapacity" in model.input_shape.members:
            params["ReturnConsumedCapacity"] = "INDEXES"

    def _note(self, model: Any, parsed: Mapping[str, Any], **_: object) -> None:
        consumed = parsed.get("ConsumedCapacity", [])
        parts = consumed if isinstance(consumed, list) else [consumed]
        units = sum(part["CapacityUnits"] for part in parts)
        for bill in self._open:
            bill.requests.append((model.name, units))
