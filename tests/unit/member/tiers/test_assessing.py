"""The sweep and the queue: who is looked at, warned, kept and lowered as days pass."""

import json
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from chalice.test import Client

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.changes import events_of
from loyalty.domain.events import EventName
from loyalty.domain.member import Member
from loyalty.domain.tier_step import StepKind
from loyalty.domain.writes import ChangeMember
from member import tier_queue_handler, tier_schedule_handler
from member.tiers.counting import count_order
from member.tiers.standing import assess_member
from support.books import entries_of_member, on_day
from support.happenings import event
from support.shop import Shop


def lin(mall: MemoryMall) -> Member:
    member = mall.members.member("lin")
    assert member is not None
    return member


def spends(mall: MemoryMall, order_id: str, amount: int) -> None:
    Shop(mall).pays(order_id, amount)
    count_order(mall, "standard", order_id)


def sweep(mall: MemoryMall) -> int:
    """Do a sweep, and what it has queued; return how many members it has found."""
    with Client(tier_schedule_handler.app) as client:
        found: int = client.lambda_.invoke("sweep", {}).payload["members"]
    bodies = [{"assess": member_id} for member_id in mall.tier_queue.added]
    mall.tier_queue.added.clear()
    assert take(*bodies) == {"batchItemFailures": []}
    return found


def take(*bodies: object) -> Any:
    records = [
        {"messageId": f"m{n}", "body": json.dumps(body), "eventSource": "aws:sqs"}
        for n, body in enumerate(bodies)
    ]
    with Client(tier_queue_handler.app) as client:
        return client.lambda_.invoke("count", {"Records": records}).payload


def test_who_is_not_due_is_not_looked_at(mall: MemoryMall) -> None:
    spends(mall, "A1", 1_000)
    assert sweep(mall) == 0
    on_day(mall, date(2026, 12, 1))
    assert [sweep(mall), sweep(mall)] == [1, 0]


def test_a_year_of_nothing_is_warned_of_once_has_grace_and_lowers(mall: MemoryMall) -> None:
    spends(mall, "A1", 5_000)
    seen: list[tuple[date, str | None]] = []
    day = date(2026, 11, 22)
    while day < date(2028, 3, 1):
        on_day(mall, day)
        sweep(mall)
        if not seen or seen[-1][1] != lin(mall).tier:
            seen.append((day, lin(mall).tier))
        day += timedelta(days=1)
    assert seen == [(date(2026, 11, 22), "gold"), (date(2028, 1, 31), "regular")]
    assert [(step.kind, step.at.date()) for step in mall.tiers.steps("lin")] == [
        (StepKind.RISEN, date(2026, 11, 21)),
        (StepKind.ENDANGERED, date(2027, 12, 1)),
        (StepKind.LOWERED, date(2028, 1, 31)),
    ]
    assert (lin(mall).rose_at, mall.tiers.count("lin").assess_on) == (None, None)


def test_an_order_within_the_grace_saves_the_tier(mall: MemoryMall) -> None:
    spends(mall, "A1", 1_000)
    Shop(mall).refunds("A1", 500)
    count_order(mall, "standard", "A1")
    on_day(mall, date(2027, 1, 15))
    sweep(mall)
    spends(mall, "A2", 1_000)
    on_day(mall, date(2027, 2, 15))
    assert (sweep(mall), lin(mall).tier) == (0, "silver")


def test_a_refund_after_the_warning_day_warns_at_once(mall: MemoryMall) -> None:
    spends(mall, "A1", 1_000)
    on_day(mall, date(2026, 12, 20))
    sweep(mall)
    Shop(mall).refunds("A1", 1)
    count_order(mall, "standard", "A1")
    warning = mall.tiers.steps("lin")[-1]
    assert (warning.kind, warning.needed, warning.grace_until) == (
        StepKind.ENDANGERED,
        Decimal(1),
        date(2027, 1, 30),
    )


def test_looking_twice_changes_nothing(mall: MemoryMall) -> None:
    spends(mall, "A1", 1_000)
    before = mall.tiers.count("lin")
    assert not assess_member(mall, "lin")
    assert mall.tiers.count("lin") == before


def test_lowered_thresholds_are_seen_by_the_next_look(mall: MemoryMall) -> None:
    spends(mall, "A1", 500)
    live = mall.programmes.live()
    assert live.tiers is not None
    regular, silver, gold = live.tiers.tiers
    easier = replace(
        live.tiers, tiers=(regular, replace(silver, at_least=silver.at_least / 4), gold)
    )
    mall.programmes.publish(replace(live, tiers=easier, version=live.version + 1))
    assert assess_member(mall, "lin")
    assert lin(mall).tier == "silver"


def test_a_tier_that_the_shop_gives_is_not_ours_to_change(mall: MemoryMall) -> None:
    spends(mall, "A1", 1_000)
    given = lin(mall).changed(tier="gold", tier_source="shopify")
    mall.store.commit([ChangeMember(given)])
    on_day(mall, date(2029, 1, 1))
    sweep(mall)
    spends(mall, "A2", 50)
    assert (lin(mall), mall.tiers.count("lin").assess_on) == (given, None)


def test_the_queue_counts_what_the_relay_tells(mall: MemoryMall) -> None:
    Shop(mall).pays("A1", 1_000)
    (entry,) = entries_of_member(mall)
    told = [it for it in events_of(entry) if it.name is EventName.ORDER_BOOKED]
    bodies = [{"detail-type": it.name, "detail": it.detail} for it in told]
    assert take(*bodies, *bodies) == {"batchItemFailures": []}
    assert lin(mall).tier == "silver"


def test_the_queue_counts_points_of_tasks(mall: MemoryMall) -> None:
    earned = event(EventName.POINTS_EARNED)
    detail = {**earned.detail, "reason": "task", "entry_id": "member:lin/task:share:1"}
    assert take({"detail-type": "PointsEarned", "detail": detail}) == {"batchItemFailures": []}
    assert mall.tiers.count("lin").points.months == {"2026-11": 118}


def test_the_queue_takes_off_what_a_task_that_was_not_done_had_earned(mall: MemoryMall) -> None:
    for name, reason, fact in (
        (EventName.POINTS_EARNED, "task", "task:share:1"),
        (EventName.POINTS_CLAWED_BACK, "task-reversed", "task:share:reversed:1"),
    ):
        detail = {**event(name).detail, "reason": reason, "entry_id": f"member:lin/{fact}"}
        assert take({"detail-type": name, "detail": detail}) == {"batchItemFailures": []}
    assert not mall.tiers.count("lin").points.months


@pytest.mark.usefixtures("mall")
@pytest.mark.parametrize("name", [EventName.POINTS_EARNED, EventName.POINTS_LAPSED])
def test_what_counts_for_no_tier_comes_back(name: EventName) -> None:
    body = {"detail-type": name, "detail": event(name).detail}
    assert take(body) == {"batchItemFailures": [{"itemIdentifier": "m0"}]}


def test_without_tiers_nobody_is_looked_at(mall: MemoryMall) -> None:
    spends(mall, "A1", 1_000)
    live = mall.programmes.live()
    mall.programmes.publish(replace(live, tiers=None, version=live.version + 1))
    on_day(mall, date(2029, 1, 1))
    assert sweep(mall) == 0
