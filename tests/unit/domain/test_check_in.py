from datetime import date, timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.domain.check_in import KEPT_DAYS, CheckInCard, CheckInRules

FIRST = date(2026, 1, 1)
DAY = timedelta(days=1)


def card_of(*days: date) -> CheckInCard:
    return reduce(CheckInCard.marked, days, CheckInCard("lin"))


def in_a_row(length: int, first: date = FIRST) -> list[date]:
    return [first + n * DAY for n in range(length)]


def run_until(days: set[date], day: date) -> int:
    """What a streak is, said as simply as can be."""
    length = 0
    while day - length * DAY in days:
        length += 1
    return length


@pytest.mark.parametrize(
    "before, day",
    [
        (date(2026, 12, 31), date(2027, 1, 1)),
        (date(2028, 2, 28), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 3, 1)),
        (date(2027, 2, 28), date(2027, 3, 1)),
        (date(2026, 1, 31), date(2026, 2, 1)),
    ],
    ids=["year's end", "to the leap day", "from the leap day", "no leap year", "month's end"],
)
def test_a_row_of_days_goes_on_over_the_ends_of_the_calendar(before: date, day: date) -> None:
    assert card_of(before, day).streak_on(day) == 2


def test_a_missed_day_begins_the_row_anew() -> None:
    card = card_of(FIRST, FIRST + 2 * DAY)
    assert (card.streak_on(FIRST + DAY), card.streak_on(FIRST + 2 * DAY)) == (0, 1)


def test_a_row_longer_than_what_the_card_keeps_is_still_counted_whole() -> None:
    days = in_a_row(400)
    card = card_of(*days)
    assert card.streak_on(days[-1]) == 400
    assert len(card.days) == KEPT_DAYS


def test_a_row_that_ended_long_ago_counts_no_more() -> None:
    days = in_a_row(200)
    back = days[-1] + 90 * DAY
    card = card_of(*days, back, back + DAY)
    assert card.streak_on(back + DAY) == 2


@given(st.sets(st.integers(0, 300), min_size=1))
def test_the_streak_is_the_days_in_a_row_whatever_the_days(numbers: set[int]) -> None:
    days = {FIRST + n * DAY for n in numbers}
    card = CheckInCard("lin")
    for day in sorted(days):
        card = card.marked(day)
        assert card.streak_on(day) == run_until(days, day)
    assert card.version == len(days)


@given(st.sets(st.integers(0, 120), min_size=2), st.data())
def test_a_repaired_day_counts_as_if_it_had_never_been_missed(
    numbers: set[int], data: st.DataObject
) -> None:
    days = {FIRST + n * DAY for n in numbers}
    last = max(days)
    repairable = sorted(day for day in days if last - 31 * DAY <= day < last)
    if not repairable:
        return
    missed = data.draw(st.sampled_from(repairable))
    card = card_of(*sorted(days - {missed})).marked(missed, is_repair=True)
    assert card.streak_on(last) == run_until(days, last)
    assert card.repaired == (missed,)


@given(st.sets(st.integers(0, 40), max_size=41), st.randoms())
def test_the_weeks_completed_in_one_row_never_exceed_its_sevenths(
    numbers: set[int], random: object
) -> None:
    """However days are come to and repaired, joining rows completes no week twice."""
    days = [FIRST + n * DAY for n in numbers]
    random.shuffle(days)  # type: ignore[attr-defined] # Hypothesis' own Random
    card, completed = CheckInCard("lin"), 0
    for day in days:
        completed += card.completes_week(day)
        card = card.marked(day)
    rows = [day for day in days if day + DAY not in set(days)]
    assert completed == sum(run_until(set(days), end) // 7 for end in rows)


@pytest.mark.parametrize(
    "first, length",
    [(date(2028, 2, 1), 29), (date(2027, 2, 1), 28), (date(2026, 12, 1), 31)],
    ids=["leap February", "February", "December"],
)
def test_a_month_is_full_with_its_last_missing_day(first: date, length: int) -> None:
    days = in_a_row(length, first)
    assert card_of(*days[:-1]).completes_month(days[-1])
    assert card_of(*days[1:]).completes_month(days[0])
    assert not card_of(*days[:-2]).completes_month(days[-1])


def test_the_ladder_stays_at_its_last_step() -> None:
    rules = CheckInRules(ladder=(1, 2, 3, 4, 5, 6, 7))
    assert [rules.points_on(n) for n in (1, 2, 7, 8, 400)] == [1, 2, 7, 7, 7]
