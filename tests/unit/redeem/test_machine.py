"""The review's machine, step by step, and the queue that starts it and hands over."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from chalice.test import Client

from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.changes import RedemptionChange, events_of
from loyalty.domain.item import ItemKind, Review
from loyalty.domain.redemption import Redemption, Status, Verdict
from loyalty.observability import logger
from redeem import queue_handler, schedule_handler, task_handler
from support.books import available
from support.counter import Counter, fill_pool, put_on_shelf


@pytest.fixture(autouse=True)
def in_force(mall: MemoryMall) -> Iterator[None]:
    """The handlers find this mall."""
    logger()  # so that it writes to the run's own output, not to that of one test
    put_on_shelf(mall, "itm_rare", kind=ItemKind.VIRTUAL, review=Review.ALWAYS)
    fill_pool(mall, "itm_rare", "AAAA")
    bootstrap.use(mall)
    yield
    bootstrap.use(None)


def task(name: str, redemption: Redemption, **more: str) -> str:
    event = {"task": name, "redemption_id": redemption.redemption_id, **more}
    with Client(task_handler.app) as client:
        outcome: str = client.lambda_.invoke("task", event).payload["outcome"]
    return outcome


def tell(redemption: Redemption, *, spoilt: bool = False) -> Any:
    (event,) = events_of(RedemptionChange(None, redemption))
    detail = {} if spoilt else event.detail
    record = {
        "messageId": "m0",
        "eventSource": "aws:sqs",
        "body": json.dumps({"detail-type": event.name.value, "detail": detail}),
    }
    with Client(queue_handler.app) as client:
        return client.lambda_.invoke("events", {"Records": [record]}).payload


def test_an_approved_order_goes_through_the_machine(mall: MemoryMall, counter: Counter) -> None:
    redemption = counter.redeem(1, "itm_rare")
    assert tell(redemption) == {"batchItemFailures": []}
    assert list(mall.review_flow.started) == [redemption.redemption_id]
    assert task("apply_rules", redemption) == "person"
    assert task("await_person", redemption, token="secret-token") == "waiting"
    counter.decide(redemption, Verdict.APPROVE)
    assert mall.review_flow.resumed == {"secret-token": "approve"}
    assert task("conclude", redemption) == "confirmed"
    assert available(mall) == 99


def test_a_rejected_order_goes_through_the_machine(mall: MemoryMall, counter: Counter) -> None:
    redemption = counter.redeem(1, "itm_rare")
    task("await_person", redemption, token="secret-token")
    counter.decide(redemption, Verdict.REJECT)
    assert task("conclude", redemption) == "rejected"
    assert available(mall) == 100


def test_a_machine_whose_time_is_up_releases(mall: MemoryMall, counter: Counter) -> None:
    redemption = counter.redeem(1, "itm_rare")
    assert task("conclude", redemption) == "review_expired"
    assert available(mall) == 100


@pytest.mark.parametrize("verdict", Verdict)
def test_a_task_that_lambda_runs_again_changes_nothing(
    mall: MemoryMall, counter: Counter, verdict: Verdict
) -> None:
    redemption = counter.redeem(1, "itm_rare")
    counter.decide(redemption, verdict)
    first = task("conclude", redemption)
    stands = available(mall)
    assert task("conclude", redemption) == first
    assert available(mall) == stands


def test_a_confirmed_order_is_handed_over_when_its_event_comes(
    mall: MemoryMall, counter: Counter
) -> None:
    redemption = counter.redeem(1)
    assert tell(redemption) == {"batchItemFailures": []}
    assert tell(redemption) == {"batchItemFailures": []}, "and nothing more when it comes again"
    done = mall.redemptions.redemption(redemption.redemption_id)
    assert done is not None
    assert done.status is Status.COMPLETED


def test_an_event_that_cannot_be_read_comes_back(counter: Counter) -> None:
    assert tell(counter.redeem(1), spoilt=True) == {"batchItemFailures": [{"itemIdentifier": "m0"}]}


def test_the_hourly_sweep_says_what_it_did(mall: MemoryMall, counter: Counter) -> None:
    counter.redeem(1, "itm_rare")
    mall.clock.travel(hours=72)
    with Client(schedule_handler.app) as client:
        swept = client.lambda_.invoke("sweep", {}).payload
    assert swept["concluded"] == 1
    assert sum(swept.values()) == 1
