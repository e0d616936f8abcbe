"""The queue's handler, driven as Lambda drives it."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from chalice.test import Client

from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.events import Event, EventName
from loyalty.domain.member import Member
from loyalty.domain.writes import AddMember
from notify.queue_handler import app
from support.happenings import NOW, event


@pytest.fixture
def mall() -> Iterator[MemoryMall]:
    mall = MemoryMall()
    mall.store.commit([AddMember(Member("lin", NOW, email="lin@example.com"))])
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)


def envelope(told: Event, **changes: Any) -> str:
    """An event as EventBridge puts it into a queue."""
    return json.dumps(
        {
            "version": "0",
            "id": "17793124-05d4-b198-2fde-7ededc63b103",
            "detail-type": told.name.value,
            "source": told.name.source,
            "account": "123456789012",
            "time": "2026-11-21T08:30:02Z",
            "region": "eu-central-1",
            "resources": [],
            "detail": {**told.detail, **changes},
        }
    )


def take(*bodies: str) -> list[str]:
    """Hand a batch over; return the bodies that come back."""
    with Client(app) as client:
        batch = client.events.generate_sqs_event(list(bodies), queue_name="NotifyQueue")
        for place, record in enumerate(batch["Records"]):
            record["messageId"] = str(place)
        answer = client.lambda_.invoke("queue", batch).payload
    return [bodies[int(failure["itemIdentifier"])] for failure in answer["batchItemFailures"]]


def titles(mall: MemoryMall) -> list[str]:
    return [message.title["en"] for message in mall.messages.inbox("lin").items]


EARNED = envelope(event(EventName.POINTS_EARNED))
SHIPPED = envelope(event(EventName.REDEMPTION_SHIPPED))


def test_a_batch_of_events_becomes_messages(mall: MemoryMall) -> None:
    assert take(EARNED, SHIPPED) == []
    assert sorted(titles(mall)) == ["You earned 118 points", "Your order is on its way"]
    assert len(mall.mailer.sent) == 2


def test_an_event_delivered_twice_in_one_batch_is_one_message(mall: MemoryMall) -> None:
    assert take(EARNED, EARNED) == []
    assert (len(titles(mall)), len(mall.mailer.sent)) == (1, 1)


@pytest.mark.parametrize(
    "poison",
    [
        "not JSON",
        "{}",
        envelope(event(EventName.POINTS_EARNED), version=2),
        EARNED.replace("PointsEarned", "PointsBurnt"),
        EARNED.replace('"points": 118', '"points": "many"'),
        EARNED.replace('"lots": [', '"lotz": ['),
    ],
)
def test_poison_comes_back_alone(mall: MemoryMall, poison: str) -> None:
    assert take(EARNED, poison, SHIPPED) == [poison]
    assert len(titles(mall)) == 2


def test_what_fails_is_logged_with_the_id_of_its_message(
    mall: MemoryMall,  # noqa: ARG001
    caplog: pytest.LogCaptureFixture,
) -> None:
    take(EARNED, "poison")
    (logged,) = [line for line in caplog.records if line.levelname == "ERROR"]
    assert logged.__dict__["message_id"] == "1"
    assert logged.exc_info


def test_nothing_but_poison_comes_back_whole(mall: MemoryMall) -> None:
    assert take("one", "two") == ["one", "two"]
    assert titles(mall) == []


def test_a_mail_that_is_refused_comes_back_until_it_is_sent(mall: MemoryMall) -> None:
    mall.mailer.is_down = True
    assert take(EARNED) == [EARNED]
    mall.mailer.is_down = False
    assert take(EARNED) == []
    assert (len(titles(mall)), len(mall.mailer.sent)) == (1, 1)


def test_a_failure_of_one_batch_is_not_remembered_in_the_next(mall: MemoryMall) -> None:
    assert take("poison") == ["poison"]
    assert take(EARNED) == []
    assert len(titles(mall)) == 1
