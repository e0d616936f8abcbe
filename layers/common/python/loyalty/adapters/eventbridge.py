"""The bus, on EventBridge."""

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from botocore.exceptions import BotoCoreError, ClientError

from loyalty.domain.events import Event
from loyalty.ports import EventsNotPublished

if TYPE_CHECKING:
    from mypy_boto3_events import EventBridgeClient
    from mypy_boto3_events.type_defs import PutEventsRequestEntryTypeDef

BATCH = 10
"""What EventBridge takes in one call."""


class EventBridgeBus:
    """Puts events on one bus, in their order, ten at a time."""

    def __init__(self, events: "EventBridgeClient", bus_name: str) -> None:
        self._events = events
        self._bus_name = bus_name

    def publish(self, events: Sequence[Event]) -> None:
        """Tell events, each at least once.

        Raises:
            EventsNotPublished: the bus did not take all of them.
        """
        for start in range(0, len(events), BATCH):
            self._put([self._entry(event) for event in events[start : start + BATCH]])

    def _put(self, entries: "list[PutEventsRequestEntryTypeDef]") -> None:
        try:
            answer = self._events.put_events(Entries=entries)
        except (ClientError, BotoCoreError) as error:
            raise EventsNotPublished(str(error)) from error
        if answer["FailedEntryCount"]:
            codes = sorted(
                {entry["ErrorCode"] for entry in answer["Entries"] if "ErrorCode" in entry}
            )
            raise EventsNotPublished(f"{answer['FailedEntryCount']} refused: {', '.join(codes)}")

    def _entry(self, event: Event) -> "PutEventsRequestEntryTypeDef":
        return {
            "EventBusName": self._bus_name,
            "Source": event.name.source,
            "DetailType": event.name.value,
            "Time": event.recorded_at,
            "Detail": json.dumps(event.detail, ensure_ascii=False, separators=(",", ":")),
        }
