"""From a committed row to inbox and mail: stream, relay, bus, rule, queue, and what breaks."""

import json
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from loyalty.domain.events import Event, EventName
from stack import LocalStack, eventually
from support.happenings import event

pytestmark = pytest.mark.stack
QUICK_SECONDS = 2


@pytest.fixture
def reader(stack: LocalStack) -> str:
    """Somebody new who gets mails."""
    name = stack.new_member()
    profile = {"email": stack.facts.users[name].email, "language": "en"}
    stack.http(name).patch("/v1/me", json=profile).raise_for_status()
    return name


@contextmanager
def quick_retries(stack: LocalStack) -> Iterator[None]:
    """Let a message that failed come back after seconds instead of minutes."""
    url, sqs = stack.facts.queues["NotifyQueue"], stack.aws.sqs
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["VisibilityTimeout"])
    before = found["Attributes"]["VisibilityTimeout"]
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": f"{QUICK_SECONDS}"})
    try:
        yield
    finally:
        sqs.set_queue_attributes(QueueUrl=url, Attributes={"VisibilityTimeout": before})


@contextmanager
def sandbox(stack: LocalStack) -> Iterator[None]:
    """Let SES refuse all mails to addresses that nobody has verified."""
    about = {"MailType": "TRANSACTIONAL", "WebsiteURL": "https://mall.example"}
    ses: Any = stack.aws.sesv2
    ses.put_account_details(**about, ProductionAccessEnabled=False)
    try:
        yield
    finally:
        ses.put_account_details(**about, ProductionAccessEnabled=True)


def order_paid(member_id: str, order_id: str) -> dict[str, Any]:
    now = datetime.now(UTC).isoformat()
    line = {"sku": "S1", "category": "tea", "quantity": 1, "amount": "118.00"}
    data = {"order_id": order_id, "member_id": member_id, "currency": "CNY", "lines": [line]}
    return {"type": "order.paid", "timestamp": now, "data": {**data, "paid_at": now}}


def titles(stack: LocalStack, user: str) -> list[str]:
    answer = stack.http(user).get("/v1/me/messages", headers={"Accept-Language": "en"})
    return [message["title"] for message in answer.raise_for_status().json()["items"]]


def subjects(stack: LocalStack, user: str) -> list[str]:
    return [mail.subject for mail in stack.mails(user)]


def earned(member_id: str) -> Event:
    """News that no table has told yet."""
    told = event(EventName.POINTS_EARNED)
    facts = {**told.facts, "member_id": member_id}
    return replace(told, event_id=f"test:{uuid.uuid4().hex}", facts=facts)


def put_in_queue(stack: LocalStack, told: Event, **changes: object) -> None:
    detail = {**told.detail, **changes}
    body = {"detail-type": told.name, "source": told.name.source, "detail": detail}
    stack.aws.sqs.send_message(
        QueueUrl=stack.facts.queues["NotifyQueue"], MessageBody=json.dumps(body)
    )


def dead_letters(stack: LocalStack, queue: str) -> list[str]:
    """What lies in a queue of dead letters; it stays there."""
    url = stack.facts.queues[queue]
    answer = stack.aws.sqs.receive_message(
        QueueUrl=url, MaxNumberOfMessages=10, VisibilityTimeout=0, WaitTimeSeconds=0
    )
    return [message["Body"] for message in answer.get("Messages", [])]


def test_points_that_come_in_are_told_in_the_inbox_and_by_one_mail(
    stack: LocalStack, reader: str
) -> None:
    paid = order_paid(stack.member_id(reader), f"T{uuid.uuid4().hex[:8]}")
    stack.post_webhook("standard", paid).raise_for_status()
    stack.post_webhook("standard", paid).raise_for_status()

    def both_arrived() -> None:
        assert titles(stack, reader) == ["You earned 118 points"]
        assert subjects(stack, reader) == ["You earned 118 points"]

    eventually(both_arrived)
    stack.settle()
    both_arrived()


def test_an_event_told_five_times_is_one_message_and_one_mail(
    stack: LocalStack, reader: str
) -> None:
    told = earned(stack.member_id(reader))
    for _ in range(5):
        put_in_queue(stack, told)
    stack.settle()
    assert titles(stack, reader) == ["You earned 118 points"]
    assert subjects(stack, reader) == ["You earned 118 points"]


def test_poison_ends_in_the_dead_letters_and_what_came_with_it_arrives(
    stack: LocalStack, reader: str
) -> None:
    poison = earned(stack.member_id(reader))
    with quick_retries(stack):
        put_in_queue(stack, poison, version=2)
        put_in_queue(stack, earned(stack.member_id(reader)))

        def put_aside() -> None:
            letters = dead_letters(stack, "NotifyQueueDeadLetters")
            assert any(poison.event_id in letter for letter in letters)

        eventually(put_aside)
    assert titles(stack, reader) == ["You earned 118 points"]


def test_a_mail_that_ses_refuses_is_sent_once_it_takes_it(stack: LocalStack, reader: str) -> None:
    with quick_retries(stack):
        with sandbox(stack):
            put_in_queue(stack, earned(stack.member_id(reader)))
            eventually(lambda: _assert(titles(stack, reader) == ["You earned 118 points"]))
            time.sleep(QUICK_SECONDS)
            assert subjects(stack, reader) == []
        eventually(lambda: _assert(subjects(stack, reader) == ["You earned 118 points"]))
        stack.settle()
    assert subjects(stack, reader) == ["You earned 118 points"]
    assert titles(stack, reader) == ["You earned 118 points"]


def test_a_row_that_nobody_understands_is_put_aside_and_holds_nothing_up(
    stack: LocalStack, reader: str
) -> None:
    strange = f"redemption#{uuid.uuid4().hex}"
    stack.aws.dynamodb.put_item(
        TableName=stack.facts.tables["OrdersTable"],
        Item={"pk": {"S": strange}, "sk": {"S": "order"}, "status": {"S": "lost"}},
    )

    def put_aside() -> None:
        letters = dead_letters(stack, "RelayDeadLetters")
        assert any(strange in letter for letter in letters)

    eventually(put_aside)
    paid = order_paid(stack.member_id(reader), f"T{uuid.uuid4().hex[:8]}")
    stack.post_webhook("standard", paid).raise_for_status()
    eventually(lambda: _assert(titles(stack, reader) == ["You earned 118 points"]))


def _assert(holds: bool) -> None:
    assert holds
