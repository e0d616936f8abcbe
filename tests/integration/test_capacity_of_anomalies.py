"""What watching costs: a unit a trace, nothing where a place has seen the member today."""

from dataclasses import replace

import pytest

from insight.anomalies.deciding import Decision, decide_case
from insight.anomalies.watching import watch_event
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.domain.anomaly.finding import CaseStatus
from loyalty.domain.anomaly.rules import Action, AnomalyRules, VelocityLimits
from loyalty.domain.audit import Operator
from loyalty.domain.events import Event, EventName
from support.emulated import EmulatedMall
from support.happenings import event
from support.shop import Shop

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]

PLACE = {"ip": "5f0c1d2e3f405162", "device": "0a1b2c3d4e5f6071"}
REVIEWER = Operator("boss", "reviewer", "request-1")


@pytest.fixture(autouse=True)
def watched(emulated: EmulatedMall) -> None:
    """Lin has points; a third thing in an hour looks wrong, and freezes."""
    rules = AnomalyRules(velocity=VelocityLimits(per_hour=2, action=Action.FREEZE))
    emulated.programmes.publish(replace(ONE_YUAN_A_POINT, version=2, anomalies=rules))
    Shop(emulated).pays("first", 118)


def earned(number: int) -> Event:
    told = event(EventName.POINTS_EARNED)
    facts = {**told.facts, "reason": "task", "origin": PLACE}
    return replace(told, event_id=f"member:lin/task:{number}", facts=facts)


def test_an_event_costs_a_unit_for_each_trace_that_it_changes(emulated: EmulatedMall) -> None:
    with emulated.meter.bill() as bill:
        watch_event(emulated, earned(1))
    assert bill.writes == [1, 1, 1]
    with emulated.meter.bill() as bill:
        watch_event(emulated, earned(2))
    assert bill.writes == [1], "device and address have seen her today"
    with emulated.meter.bill() as bill:
        watch_event(emulated, earned(2))
    assert bill.writes == []
    assert sum(bill.reads) <= 5


def test_a_case_costs_four_units_to_open_and_nine_to_decide(emulated: EmulatedMall) -> None:
    for number in range(2):
        watch_event(emulated, earned(number))
    with emulated.meter.bill() as bill:
        assert watch_event(emulated, earned(2)) == 1
    assert bill.writes == [4, 5, 1], "the case, the freeze with its audit, the trace"
    (case,) = emulated.anomalies.in_status(CaseStatus.OPEN).items
    with emulated.meter.bill() as bill:
        decide_case(emulated, REVIEWER, case.anomaly_id, "a-key", Decision.UNFREEZE, "A family.")
    assert bill.writes == [5, 9]
