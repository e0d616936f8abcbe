"""Use case of the relay: what the tables' streams tell becomes events on the bus."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from loyalty.domain.changes import Change, events_of
from loyalty.domain.events import Event, EventName
from loyalty.ports import Mall

Record = Mapping[str, Any]
"""One record of a table's stream, as Lambda hands it over."""


@dataclass(frozen=True, slots=True)
class Relayed:
    """What became of a batch: events told, and the records among them that nobody understood."""

    published: int
    not_understood: tuple[Event, ...]


def relay_changes(
    mall: Mall, records: Iterable[Record], change_of: Callable[[Record], Change | None]
) -> Relayed:
    """Tell what a batch of records means, in order.

    A record that cannot be understood must not hold up the ones behind it: it is told as well, as
    an event of its own that ends in the dead letters.

    Raises:
        EventsNotPublished: the bus did not take all; the stream hands the batch over again.
    """
    events: list[Event] = []
    for record in records:
        try:
            change = change_of(record)
            events.extend(events_of(change) if change else ())
        except Exception as error:  # whatever is wrong with one record is only wrong with that one
            events.append(_not_understood(record, error))
    mall.event_bus.publish(events)
    return Relayed(len(events), tuple(e for e in events if _is_lost(e)))


def _is_lost(event: Event) -> bool:
    return event.name is EventName.RECORD_NOT_UNDERSTOOD


def _not_understood(record: Record, error: Exception) -> Event:
    """Say where the record stands; never what it holds, which may be personal."""
    stream = record.get("dynamodb", {})
    seconds = stream.get("ApproximateCreationDateTime", 0)
    at = datetime.fromtimestamp(seconds, UTC)
    return Event(
        name=EventName.RECORD_NOT_UNDERSTOOD,
        event_id=f"record:{record.get('eventID', 'unknown')}",
        occurred_at=at,
        recorded_at=at,
        facts={
            "stream": record.get("eventSourceARN"),
            "change": record.get("eventName"),
            "sequence_number": stream.get("SequenceNumber"),
            "key": {
                name: next(iter(value.values())) for name, value in stream.get("Keys", {}).items()
            },
            "problem": type(error).__name__,
        },
    )
