"""Reminders go out once a day, to those who have something expiring, and each of them once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from expiry.reminding import queue_reminders, remind
from loyalty.adapters.memory import MemoryMall
from loyalty.adapters.memory.reminders import MemoryReminderQueue
from loyalty.domain.reminder import ReminderRules
from support.books import bring, on_day
from support.counter import Counter, put_on_shelf

LOT, FAR = date(2026, 7, 1), date(2026, 12, 30)


@pytest.fixture
def mall() -> MemoryMall:
    """Noon in Shanghai, thirty days before points of lin expire; wang's have time."""
    mall = MemoryMall()
    on_day(mall, date(2026, 6, 1))
    bring(mall, {LOT: 5})
    bring(mall, {FAR: 7}, "wang")
    return mall


def test_those_are_handed_over_who_have_something_expiring_soon(mall: MemoryMall) -> None:
    assert queue_reminders(mall) == 1
    assert mall.reminder_queue.members == ["lin"]


def test_it_happens_once_a_day_unless_it_is_asked_for(mall: MemoryMall) -> None:
    queue_reminders(mall)
    assert queue_reminders(mall) == 0
    assert queue_reminders(mall, at_once=True) == 1
    on_day(mall, date(2026, 6, 2))
    assert queue_reminders(mall) == 1


def test_nobody_is_disturbed_before_the_hour_of_the_programme(mall: MemoryMall) -> None:
    mall.clock.set(datetime(2026, 6, 1, 0, 59, tzinfo=UTC))  # 8.59 in Shanghai
    assert queue_reminders(mall) == 0
    assert queue_reminders(mall, at_once=True) == 1
    mall.clock.set(datetime(2026, 6, 2, 1, 0, tzinfo=UTC))
    assert queue_reminders(mall) == 1


def test_an_interrupted_run_is_done_again(mall: MemoryMall) -> None:
    class Broken(MemoryReminderQueue):
        def add(self, member_ids: Sequence[str]) -> None:
            raise RuntimeError(f"{len(member_ids)} messages were not taken")

    whole, mall.reminder_queue = mall.reminder_queue, Broken()
    with pytest.raises(RuntimeError):
        queue_reminders(mall)
    mall.reminder_queue = whole
    assert queue_reminders(mall) == 1


def test_a_member_is_told_once_however_often_and_at_once(mall: MemoryMall) -> None:
    assert remind(mall, "lin") == 5
    assert remind(mall, "lin") == 0
    assert [reminder.facts for reminder in mall.reminders.every()] == [((LOT, "30"),)]


def test_who_comes_second_tells_nothing(mall: MemoryMall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mall.reminders, "told", lambda *_: frozenset())
    assert [remind(mall, "lin") for _ in range(2)] == [5, 0]
    assert len(mall.reminders.every()) == 1


def test_a_day_without_a_run_is_made_up_with_the_nearest_lead(mall: MemoryMall) -> None:
    for day in (date(2026, 6, 25), date(2026, 6, 26), date(2026, 6, 30)):
        on_day(mall, day)
        remind(mall, "lin")
    assert [it.facts for it in mall.reminders.every()] == [((LOT, "7"),), ((LOT, "1"),)]


def test_only_what_is_left_is_told(mall: MemoryMall) -> None:
    put_on_shelf(mall, "itm_tea", points=5, stock=1)
    Counter(mall).redeem()
    assert remind(mall, "lin") == 0


def test_days_are_those_of_the_programme(mall: MemoryMall) -> None:
    far_west = replace(mall.programmes.live(), time_zone="Pacific/Honolulu")
    mall.programmes.publish(far_west)
    mall.clock.set(datetime(2026, 6, 1, 9, 59, tzinfo=UTC))
    assert remind(mall, "lin") == 0
    mall.clock.set(datetime(2026, 6, 1, 10, 0, tzinfo=UTC))
    assert remind(mall, "lin") == 5


def test_a_programme_that_wants_no_reminders_has_none(mall: MemoryMall) -> None:
    silent = ReminderRules(days_ahead=(), year_end_from=None)
    mall.programmes.publish(replace(mall.programmes.live(), reminders=silent))
    assert queue_reminders(mall) == 0
    assert remind(mall, "lin") == 0
