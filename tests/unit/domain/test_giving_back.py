"""Holds and spends given back: every point to its own lot, never to a later one."""

from datetime import date, timedelta

import pytest

from loyalty.domain import acts
from loyalty.domain.account import Account, Kind, Outcome
from loyalty.domain.programme import Programme
from loyalty.domain.validity import Validity, ValidityKind

TODAY = date(2026, 11, 21)
NOV, DEC, JAN = date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31)


def holding(lots: dict[date, int], points: int) -> tuple[Account, acts.Draws]:
    outcome, draws = acts.hold(Account("lin", lots), TODAY, points)
    return outcome.account, draws


def kinds(outcome: Outcome) -> list[Kind]:
    return [posting.kind for posting in outcome.postings]


def test_a_released_hold_returns_to_the_lots_it_came_from() -> None:
    held, draws = holding({NOV: 2, DEC: 4}, 5)
    assert acts.release(held, TODAY, draws, None).account == Account("lin", {NOV: 2, DEC: 4})


def test_what_belonged_to_a_lot_that_has_passed_lapses_as_it_is_given_back() -> None:
    held, draws = holding({NOV: 2, DEC: 4}, 5)
    outcome = acts.release(held, NOV + timedelta(days=1), draws, None)
    assert kinds(outcome) == [Kind.RELEASE, Kind.LAPSE]
    assert outcome.account == Account("lin", {DEC: 4})


def test_days_of_grace_keep_what_we_gave_back_too_late() -> None:
    held, draws = holding({NOV: 2, DEC: 4}, 5)
    today = NOV + timedelta(days=1)
    outcome = acts.release(held, today, draws, JAN)
    assert outcome.account.lots == {DEC: 4, JAN: 2}
    assert kinds(outcome) == [Kind.RELEASE]


def test_grace_that_falls_on_a_lot_of_its_own_joins_it() -> None:
    held, draws = holding({NOV: 2, DEC: 4}, 5)
    outcome = acts.release(held, NOV + timedelta(days=1), draws, DEC)
    assert outcome.account.lots == {DEC: 6}


def test_grace_never_moves_a_lot_that_is_still_valid() -> None:
    held, draws = holding({NOV: 2}, 2)
    assert acts.release(held, NOV, draws, JAN).account.lots == {NOV: 2}


def test_a_grace_of_no_days_keeps_points_through_today() -> None:
    held, draws = holding({NOV: 2}, 2)
    today = NOV + timedelta(days=1)
    assert acts.release(held, today, draws, today).account.lots == {today: 2}


@pytest.mark.parametrize(
    ("validity", "last_day"),
    [
        (Validity(ValidityKind.ROLLING_MONTHS, 12), TODAY + timedelta(days=30)),
        (Validity(ValidityKind.ROLLING_MONTHS, 0), date(2026, 11, 30)),
        (Validity(ValidityKind.FIXED_DAYS, 3), date(2026, 11, 29)),
    ],
)
def test_grace_is_never_longer_than_fresh_points_would_live(
    validity: Validity, last_day: date
) -> None:
    assert Programme(validity=validity, grace_days=30).grace_until(TODAY) == last_day


def test_a_debt_is_repaid_before_anything_returns() -> None:
    held, draws = holding({NOV: 2, DEC: 4}, 6)
    owing = acts.release(Account("lin", held=held.held, debt=3), TODAY, draws, None)
    assert (owing.account.debt, owing.account.lots) == (0, {DEC: 3})


def test_points_that_have_lapsed_repay_no_debt() -> None:
    outcome = acts.give_back(Account("lin", debt=3), NOV + timedelta(days=1), {NOV: 2}, None)
    assert (outcome.account.debt, outcome.account.lots) == (3, {})
    assert kinds(outcome) == [Kind.RETURN, Kind.LAPSE]


def test_a_captured_hold_is_spent_whole() -> None:
    held, draws = holding({NOV: 2, DEC: 4}, 5)
    outcome, kept = acts.capture(held, TODAY, draws)
    assert (outcome.account, kept) == (Account("lin", {DEC: 1}), {NOV: 2, DEC: 3})


def test_a_partial_capture_gives_back_what_expires_last() -> None:
    held, draws = holding({NOV: 2, DEC: 4}, 5)
    outcome, kept = acts.capture(held, TODAY, draws, points=3)
    assert outcome.account == Account("lin", {DEC: 3})
    assert kept == {NOV: 2, DEC: 1}


def test_a_capture_of_nothing_is_a_release() -> None:
    held, draws = holding({NOV: 2, DEC: 4}, 5)
    outcome, kept = acts.capture(held, TODAY, draws, points=0)
    assert (outcome.account.lots, kept) == ({NOV: 2, DEC: 4}, {})


def test_the_rest_of_a_late_capture_lapses_or_has_its_days_of_grace() -> None:
    held, draws = holding({NOV: 5}, 5)
    today = NOV + timedelta(days=1)
    lapsed, _ = acts.capture(held, today, draws, points=3)
    assert (lapsed.account.lots, kinds(lapsed)) == ({}, [Kind.CAPTURE, Kind.LAPSE])
    kept, _ = acts.capture(held, today, draws, points=3, grace_until=DEC)
    assert kept.account.lots == {DEC: 2}


@pytest.mark.parametrize("points", [-1, 6])
def test_a_capture_takes_no_more_than_was_held(points: int) -> None:
    held, draws = holding({NOV: 5}, 5)
    with pytest.raises(AssertionError):
        acts.capture(held, TODAY, draws, points=points)


def test_a_partial_return_gives_back_what_expires_last() -> None:
    assert acts.latest({NOV: 2, DEC: 3, JAN: 1}, 3) == {JAN: 1, DEC: 2}
    assert acts.latest({NOV: 2}, 0) == {}


def test_redeeming_and_cancelling_a_hundred_times_lengthens_nothing() -> None:
    account, today = Account("lin", {NOV: 3, DEC: 3, JAN: 3}), TODAY
    for _ in range(100):
        available = account.available_on(today)
        if not available:
            break
        spent, draws = acts.spend(account, today, available)
        today += timedelta(days=1)
        account = acts.give_back(spent.account, today, draws, None).account
        own = {NOV: 3, DEC: 3, JAN: 3}
        assert account.lots == {day: n for day, n in own.items() if day >= today}
    assert today == JAN + timedelta(days=1)
