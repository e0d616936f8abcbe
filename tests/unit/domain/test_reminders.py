"""What is told of points that expire: the nearest lead, once, and the whole year at its end."""

from datetime import UTC, date, datetime

import pytest

from loyalty.domain.account import Account
from loyalty.domain.calendar import NEVER
from loyalty.domain.reminder import Fact, Reminder, ReminderRules, reminder_due

RULES = ReminderRules()
NOW = datetime(2026, 6, 1, 4, tzinfo=UTC)
EOY = date(2026, 12, 31)


def due(
    lots: dict[date, int], today: date, told: set[Fact] | None = None, rules: ReminderRules = RULES
) -> Reminder | None:
    return reminder_due(rules, Account("lin", lots), today, NOW, told or set())


@pytest.mark.parametrize(
    ("today", "lead"),
    [
        (date(2026, 5, 31), None),
        (date(2026, 6, 1), "30"),
        (date(2026, 6, 23), "30"),
        (date(2026, 6, 24), "7"),
        (date(2026, 6, 29), "7"),
        (date(2026, 6, 30), "1"),
        (date(2026, 7, 1), "1"),
        (date(2026, 7, 2), None),
    ],
)
def test_a_lot_is_told_with_the_nearest_lead_through_its_last_day(
    today: date, lead: str | None
) -> None:
    lot = date(2026, 7, 1)
    reminder = due({lot: 5}, today)
    assert (reminder.facts if reminder else ()) == (((lot, lead),) if lead else ())


def test_what_was_told_is_not_told_again_and_a_missed_lead_is_not_made_up() -> None:
    lot, today = date(2026, 7, 1), date(2026, 6, 26)
    first = due({lot: 5}, today)
    assert first is not None and first.facts == ((lot, "7"),)
    assert due({lot: 5}, today, {*first.facts}) is None
    assert due({lot: 5}, date(2026, 6, 30), {*first.facts}) is not None


def test_lots_that_are_due_together_are_told_together_the_earliest_first() -> None:
    lots = {date(2026, 7, 1): 5, date(2026, 6, 8): 3, date(2026, 9, 1): 90, NEVER: 1}
    reminder = due(lots, date(2026, 6, 1))
    assert reminder is not None
    assert [(lot.expires_on, lot.points) for lot in reminder.lots] == [
        (date(2026, 6, 8), 3),
        (date(2026, 7, 1), 5),
    ]
    assert (reminder.points, reminder.days_left, reminder.is_year_end) == (8, 7, False)


def test_spent_points_are_not_told() -> None:
    assert due({}, date(2026, 6, 30)) is None


def test_the_year_is_told_once_from_its_day_on_with_all_that_it_takes() -> None:
    lots = {date(2026, 12, 20): 3, EOY: 5, date(2027, 1, 1): 90}
    assert due({EOY: 5}, date(2026, 11, 30)) is None
    reminder = due(lots, date(2026, 12, 1))
    assert reminder is not None
    assert reminder.is_year_end
    assert reminder.points == 8 + 0
    assert set(reminder.facts) == {
        (EOY, "year-end"),
        (date(2026, 12, 20), "30"),
        (EOY, "30"),
    }, "one message stands for all leads of the day"
    assert due(lots, date(2026, 12, 1), {*reminder.facts, (date(2027, 1, 1), "30")}) is None


def test_a_missed_first_day_of_the_years_digest_is_made_up() -> None:
    reminder = due({EOY: 5}, date(2026, 12, 15), {(EOY, "30")})
    assert reminder is not None and reminder.facts == ((EOY, "year-end"),)


def test_every_year_has_its_digest() -> None:
    told = {(EOY, "year-end")}
    reminder = due({date(2027, 12, 31): 5}, date(2027, 12, 2), told | {(date(2027, 12, 31), "30")})
    assert reminder is not None and reminder.facts == ((date(2027, 12, 31), "year-end"),)


def test_rules_that_want_nothing_tell_nothing() -> None:
    silent = ReminderRules(days_ahead=(), year_end_from=None)
    assert due({EOY: 5}, EOY, rules=silent) is None
    assert silent.horizon(EOY) < EOY


@pytest.mark.parametrize(
    ("today", "horizon"),
    [
        (date(2026, 6, 1), date(2026, 7, 1)),
        (date(2026, 11, 30), date(2026, 12, 30)),
        (date(2026, 12, 1), EOY),
        (date(2026, 12, 20), date(2027, 1, 19)),
    ],
)
def test_nobody_is_looked_for_beyond_the_largest_lead(today: date, horizon: date) -> None:
    assert RULES.horizon(today) == horizon


def test_a_reminder_of_very_many_lots_leaves_the_later_ones_to_the_next_day() -> None:
    rules = ReminderRules(days_ahead=(365,))
    lots = {date.fromordinal(NOW.date().toordinal() + n): 1 for n in range(120)}
    first = due(lots, NOW.date(), rules=rules)
    assert first is not None and len(first.facts) == 90
    second = due(lots, NOW.date(), {*first.facts}, rules)
    assert second is not None and len(second.facts) == 30
