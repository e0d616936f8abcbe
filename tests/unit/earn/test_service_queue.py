"""The queue hears that a customer was linked, and credits what waited."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from chalice.test import Client

from earn import queue_handler
from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.changes import events_of
from loyalty.domain.member import CustomerLink
from loyalty.domain.orders import CustomerRef
from loyalty.domain.writes import AddLink
from loyalty.observability import logger
from support.books import available
from support.shop import Shop


@pytest.fixture
def mall() -> Iterator[MemoryMall]:
    """A mall in which an order of ten yuan waits for its customer to be linked."""
    logger()  # so that it writes to the run's own output, not to that of one test
    mall = MemoryMall()
    Shop(mall, CustomerRef(customer_id="207119551")).pays("A1", 10)
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)


def tell(*bodies: str) -> Any:
    records = [
        {"messageId": f"m{n}", "eventSource": "aws:sqs", "body": body}
        for n, body in enumerate(bodies)
    ]
    with Client(queue_handler.app) as client:
        return client.lambda_.invoke("events", {"Records": records}).payload


def linked(mall: MemoryMall) -> str:
    link = CustomerLink("standard", "207119551", "lin", mall.clock.now(), "operator")
    mall.store.commit([AddLink(link)])
    (event,) = events_of(link)
    return json.dumps({"detail-type": event.name.value, "detail": event.detail})


def test_what_waited_is_credited_once_however_often_the_event_comes(mall: MemoryMall) -> None:
    event = linked(mall)
    assert tell(event, event) == {"batchItemFailures": []}
    assert available(mall) == 10


def test_an_event_that_cannot_be_read_comes_back_alone(mall: MemoryMall) -> None:
    assert tell("{}", linked(mall)) == {"batchItemFailures": [{"itemIdentifier": "m0"}]}
    assert available(mall) == 10
