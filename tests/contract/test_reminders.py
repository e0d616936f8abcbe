from dataclasses import replace
from datetime import timedelta

from contract.rows import LATER, NOW, SOON
from loyalty.domain.reminder import ExpiringLot, Reminder
from support.stored import Stored

TODAY = NOW.date()
BOTH = Reminder(
    "lin",
    NOW,
    facts=((SOON, "year-end"), (SOON, "30")),
    lots=(ExpiringLot(SOON, 118), ExpiringLot(LATER, 7)),
    days_left=30,
)


def test_nothing_was_told_at_first(mall: Stored) -> None:
    assert mall.reminders.told("lin", TODAY) == frozenset()


def test_each_fact_is_told_once(mall: Stored) -> None:
    assert mall.reminders.add(BOTH)
    assert not mall.reminders.add(BOTH)
    again = replace(BOTH, facts=((LATER, "7"), (SOON, "30")), at=NOW + timedelta(days=1))
    assert not mall.reminders.add(again), "one of its facts was told"
    assert mall.reminders.told("lin", TODAY) == {(SOON, "year-end"), (SOON, "30")}


def test_other_leads_lots_and_members_are_other_facts(mall: Stored) -> None:
    mall.reminders.add(BOTH)
    assert mall.reminders.add(replace(BOTH, facts=((SOON, "7"),)))
    assert mall.reminders.add(replace(BOTH, facts=((LATER, "30"),)))
    assert mall.reminders.add(replace(BOTH, member_id="wang"))
    assert mall.reminders.told("wang", TODAY) == {*BOTH.facts}


def test_what_was_told_of_lots_that_have_passed_is_left_out(mall: Stored) -> None:
    mall.reminders.add(BOTH)
    mall.reminders.add(replace(BOTH, facts=((LATER, "30"),)))
    assert mall.reminders.told("lin", SOON) == {*BOTH.facts, (LATER, "30")}
    assert mall.reminders.told("lin", SOON + timedelta(days=1)) == {(LATER, "30")}


def test_the_last_run_is_remembered(mall: Stored) -> None:
    assert mall.reminders.last_run() is None
    mall.reminders.note_run(TODAY)
    mall.reminders.note_run(TODAY + timedelta(days=1))
    assert mall.reminders.last_run() == TODAY + timedelta(days=1)
