"""The schedule finds, the queue does, and what fails comes back alone."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from chalice.test import Client

from expiry import queue_handler, schedule_handler
from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.programme import ReturnWindow
from loyalty.observability import logger
from support.books import account_of, available, bring, on_day
from support.shop import Shop

NEW_YEAR_S_EVE, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)


@pytest.fixture
def mall() -> Iterator[MemoryMall]:
    """A mall in which, on new year's day, a lot has passed and an order's window has ended."""
    logger()  # so that it writes to the run's own output, not to that of one test
    mall = MemoryMall()
    window = ReturnWindow(categories={"preorder": 7})
    mall.programmes.publish(replace(mall.programmes.live(), return_window=window))
    bring(mall, {NEW_YEAR_S_EVE: 5})
    Shop(mall).pays("A1", 10, category="preorder")
    on_day(mall, NEW_YEAR)
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)


def sweep() -> Any:
    with Client(schedule_handler.app) as client:
        return client.lambda_.invoke("sweep", {}).payload


def take(*bodies: object) -> Any:
    records = [
        {"messageId": f"m{n}", "body": json.dumps(body), "eventSource": "aws:sqs"}
        for n, body in enumerate(bodies)
    ]
    with Client(queue_handler.app) as client:
        return client.lambda_.invoke("settle", {"Records": records}).payload


SETTLE, MATURE = {"settle": "lin"}, {"mature": ["lin", "standard", "A1"]}


def test_the_schedule_queues_what_is_due(mall: MemoryMall) -> None:
    assert sweep() == {"accounts": 1, "pending": 1, "reminded": 1, "packets": 0}
    assert mall.settlement_queue.members == ["lin"]


def test_the_queue_settles_and_matures(mall: MemoryMall) -> None:
    assert take(SETTLE, MATURE) == {"batchItemFailures": []}
    assert (available(mall), account_of(mall).pending) == (10, 0)
    assert list(account_of(mall).lots.values()) == [10]


def test_messages_that_come_twice_do_everything_once(mall: MemoryMall) -> None:
    assert take(SETTLE, SETTLE, MATURE, MATURE) == {"batchItemFailures": []}
    assert available(mall) == 10


def test_a_message_that_nobody_understands_comes_back_alone(mall: MemoryMall) -> None:
    assert take({"dance": "lin"}, MATURE) == {"batchItemFailures": [{"itemIdentifier": "m0"}]}
    assert available(mall) == 10


def test_a_message_for_which_the_store_had_no_time_comes_back(mall: MemoryMall) -> None:
    mall.store.be_busy()
    assert take(SETTLE, MATURE) == {"batchItemFailures": [{"itemIdentifier": "m0"}]}
    assert take(SETTLE) == {"batchItemFailures": []}
    assert list(account_of(mall).lots.values()) == [10]
