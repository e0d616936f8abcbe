from dataclasses import replace
from datetime import timedelta

import pytest

from contract.rows import NOW
from loyalty.domain.anomaly.finding import AnomalyKind, Case, CaseStatus
from loyalty.domain.anomaly.trace import Companion, Trace
from loyalty.domain.writes import DecideCase
from loyalty.ports import WriteRefused
from support.stored import Stored

TODAY = NOW.date()
TRACE = Trace(
    "member:lin",
    version=1,
    seen=("5f0c",),
    counts={"task/hour": ("21T08", 3), "task/day": ("2026-11-21", 7)},
    companions={
        "gave:wang": Companion(TODAY, TODAY, times=4, points=300),
        "brought:chen": Companion(TODAY, TODAY, is_new=True, place="ab12"),
    },
    last_on=TODAY,
    joined_on=TODAY - timedelta(days=9),
    has_bought=True,
    device="ab12",
    day=TODAY,
    day_points=120,
    day_entries=2,
    day_largest=100,
    usual_days=6,
    usual_points=40,
)


def case(name: str = "a", minutes: int = 0) -> Case:
    return Case(
        anomaly_id=f"ano_{name}",
        kind=AnomalyKind.RING,
        subject="ring:lin+wang",
        members=("lin", "wang"),
        facts={"points": 900, "days": 14, "own_device": False},
        found_at=NOW + timedelta(minutes=minutes),
        event_id="order:standard:A1/paid",
        is_frozen=True,
    )


def test_a_trace_comes_back_as_it_was_left(mall: Stored) -> None:
    assert mall.traces.trace("member:lin") is None
    assert mall.traces.save(TRACE)
    assert mall.traces.trace("member:lin") == TRACE
    assert mall.traces.trace("device:ab12") is None


def test_who_read_an_older_trace_does_not_replace_a_newer_one(mall: Stored) -> None:
    mall.traces.save(TRACE)
    assert not mall.traces.save(replace(TRACE, day_points=5))
    newer = replace(TRACE, version=2, day_points=130)
    assert mall.traces.save(newer)
    assert not mall.traces.save(replace(TRACE, version=2))
    assert mall.traces.trace("member:lin") == newer


def test_a_case_is_opened_once(mall: Stored) -> None:
    assert mall.anomalies.case("ano_a") is None
    assert mall.anomalies.open(case())
    assert not mall.anomalies.open(replace(case(), facts={}))
    assert mall.anomalies.case("ano_a") == case()


def test_cases_are_listed_by_status_the_oldest_first_in_parts(mall: Stored) -> None:
    for minutes, name in enumerate("zam"):
        mall.anomalies.open(case(name, minutes))
    first = mall.anomalies.in_status(CaseStatus.OPEN, limit=2)
    second = mall.anomalies.in_status(CaseStatus.OPEN, limit=2, position=first.next_position)
    assert [it.anomaly_id for it in (*first.items, *second.items)] == ["ano_z", "ano_a", "ano_m"]
    assert second.next_position is None


def test_a_case_is_decided_once_and_moves_to_another_list(mall: Stored) -> None:
    mall.anomalies.open(case())
    decided = replace(
        case(),
        status=CaseStatus.DISMISSED,
        decision="unfreeze",
        reason="A family.",
        decided_by="reviewer",
        decided_at=NOW + timedelta(hours=1),
        version=1,
    )
    mall.store.commit([DecideCase(decided)])

    assert mall.anomalies.case("ano_a") == decided
    assert list(mall.anomalies.in_status(CaseStatus.OPEN).items) == []
    assert list(mall.anomalies.in_status(CaseStatus.DISMISSED).items) == [decided]
    with pytest.raises(WriteRefused) as refused:
        mall.store.commit([DecideCase(replace(decided, status=CaseStatus.CONFIRMED))])
    assert [found for _, found in refused.value.found] == [decided]
