import json
from dataclasses import replace
from typing import Any

import boto3
import pytest
from botocore.config import Config

from loyalty.adapters.eventbridge import EventBridgeBus
from loyalty.domain.events import Event, EventName
from loyalty.ports import EventsNotPublished
from support.happenings import event
from support.wire import Answer, Wire

EARNED = event(EventName.POINTS_EARNED)
SHIPPED = event(EventName.REDEMPTION_SHIPPED)


def bus(answer: Answer) -> tuple[EventBridgeBus, Wire]:
    client = boto3.client(
        "events",
        region_name="eu-central-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )
    wire = Wire(answer)
    wire.attach(client)
    return EventBridgeBus(client, "mall"), wire


def take_all(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    return 200, {"FailedEntryCount": 0, "Entries": [{"EventId": "1"} for _ in body["Entries"]]}


def many(count: int) -> list[Event]:
    return [replace(EARNED, event_id=f"e{n}") for n in range(count)]


def test_an_event_carries_its_area_its_name_and_its_facts() -> None:
    events, wire = bus(take_all)
    events.publish([SHIPPED])
    ((entry,),) = [request["Entries"] for request in wire.requests]
    assert entry["EventBusName"] == "mall"
    assert (entry["Source"], entry["DetailType"]) == ("loyalty.redeem", "RedemptionShipped")
    assert json.loads(entry["Detail"]) == SHIPPED.detail
    assert entry["Time"] == SHIPPED.recorded_at.timestamp()
    assert "龙井茶" in entry["Detail"]


@pytest.mark.parametrize(("count", "calls"), [(0, []), (1, [1]), (10, [10]), (23, [10, 10, 3])])
def test_events_go_ten_at_a_time_in_their_order(count: int, calls: list[int]) -> None:
    events, wire = bus(take_all)
    events.publish(many(count))
    assert [len(request["Entries"]) for request in wire.requests] == calls
    entries = [entry for request in wire.requests for entry in request["Entries"]]
    ids = [json.loads(entry["Detail"])["event_id"] for entry in entries]
    assert ids == [f"e{n}" for n in range(count)]


def test_one_refused_event_fails_the_whole_batch_so_that_the_stream_tells_it_again() -> None:
    def refuse_last(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        _, answer = take_all(body)
        answer["Entries"][-1] = {"ErrorCode": "ThrottlingException", "ErrorMessage": "slow down"}
        return 200, {**answer, "FailedEntryCount": 1}

    events, _ = bus(refuse_last)
    with pytest.raises(EventsNotPublished, match="1 refused: ThrottlingException"):
        events.publish(many(3))


def test_a_bus_that_fails_is_told_as_such() -> None:
    events, _ = bus(lambda _: (500, {"__type": "InternalException", "message": "oh"}))
    with pytest.raises(EventsNotPublished):
        events.publish(many(1))
