"""Whoever asks for codes that are not theirs leaves a trace, where the programme watches."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.anomaly.rules import AnomalyRules
from loyalty.domain.events import EventName
from redeem.api_handler import lambda_handler
from support.http import Http

redeem = Http(lambda_handler)
PATH = "/v1/redemptions/rdm_of_wang/codes/1/reveal"


@pytest.fixture(autouse=True)
def watched(mall: MemoryMall) -> Iterator[None]:
    mall.programmes.publish(replace(mall.programmes.live(), anomalies=AnomalyRules()))
    bootstrap.use(mall)
    yield
    bootstrap.use(None)


def test_a_code_of_somebody_else_is_told_with_its_origin(mall: MemoryMall) -> None:
    refused = redeem.post(PATH, user="lin", headers={"X-Device-Id": "the-phone-of-lin"})

    assert refused.problem == "not-found"
    (told,) = mall.event_bus.published
    assert (told.name, told.facts["what"]) == (EventName.ATTEMPT_REFUSED, "code-reveal")
    origin = told.facts["origin"]
    assert isinstance(origin, dict) and set(origin) == {"ip", "device"}


def test_a_bus_that_is_down_changes_no_answer(mall: MemoryMall) -> None:
    mall.event_bus.is_down = True
    assert redeem.post(PATH, user="lin").problem == "not-found"


def test_where_nobody_watches_nothing_is_told(mall: MemoryMall) -> None:
    mall.programmes.publish(replace(mall.programmes.live(), anomalies=None))
    assert redeem.post(PATH, user="lin").problem == "not-found"
    assert mall.event_bus.published == []
