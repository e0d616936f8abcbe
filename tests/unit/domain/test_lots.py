"""Points live in lots: what is available, what goes first, what lapses."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from loyalty.domain import acts
from loyalty.domain.account import Account, Kind, Posting, TornRead, apply
from loyalty.domain.errors import AccountFrozen, InsufficientPoints

TODAY = date(2026, 11, 21)
NOV, DEC, JAN = date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31)
PAST = date(2026, 10, 31)


def account(lots: dict[date, int] | None = None, *, pending: int = 0, debt: int = 0) -> Account:
    return Account("lin", lots or {}, pending=pending, debt=debt)


def test_points_that_expire_first_are_spent_first() -> None:
    outcome, draws = acts.spend(account({JAN: 5, NOV: 2, DEC: 4}), TODAY, 5)
    assert draws == {NOV: 2, DEC: 3}
    assert outcome.account.lots == {DEC: 1, JAN: 5}


def test_a_lot_is_valid_through_its_last_day() -> None:
    assert account({TODAY: 3}).available_on(TODAY) == 3
    assert acts.settle(account({TODAY: 3}), TODAY).postings == ()


def test_a_lot_whose_day_has_passed_cannot_be_spent_before_any_sweep() -> None:
    unswept = account({PAST: 9, DEC: 4})
    assert unswept.available_on(TODAY) == 4
    assert unswept.live_lots(TODAY) == {DEC: 4}
    with pytest.raises(InsufficientPoints):
        acts.spend(unswept, TODAY, 5)


def test_a_spend_lets_what_has_passed_lapse_first() -> None:
    outcome, draws = acts.spend(account({PAST: 9, DEC: 4}), TODAY, 4)
    assert [posting.kind for posting in outcome.postings] == [Kind.LAPSE, Kind.SPEND]
    assert draws == {DEC: 4}
    assert outcome.account.lots == {}
    assert outcome.account.next_expiry is None


def test_each_lapsed_lot_has_a_posting_of_its_own() -> None:
    outcome = acts.settle(account({PAST: 9, date(2026, 9, 30): 1, DEC: 4}), TODAY)
    assert [dict(posting.lots) for posting in outcome.postings] == [
        {date(2026, 9, 30): -1},
        {PAST: -9},
    ]
    assert outcome.account.next_expiry == DEC


def test_too_few_points_are_refused_with_what_is_missing() -> None:
    with pytest.raises(InsufficientPoints) as refused:
        acts.spend(account({DEC: 4}), TODAY, 10)
    assert refused.value.facts == {"needed": 10, "available": 4, "short_by": 6}


@pytest.mark.parametrize("take", [acts.spend, acts.hold])
def test_a_frozen_account_neither_spends_nor_holds(take: object) -> None:
    frozen = replace(account({DEC: 9}), frozen_at=datetime(2026, 11, 20, tzinfo=UTC))
    with pytest.raises(AccountFrozen):
        take(frozen, TODAY, 1)  # type: ignore[operator]


def test_a_frozen_account_goes_on_earning_and_settling() -> None:
    frozen = replace(account({PAST: 2}), frozen_at=datetime(2026, 11, 20, tzinfo=UTC))
    outcome = acts.earn(frozen, TODAY, 5, DEC)
    assert outcome.account.lots == {DEC: 5}
    assert outcome.account.frozen_at == frozen.frozen_at


def test_held_points_have_left_their_lots() -> None:
    outcome, draws = acts.hold(account({NOV: 2, DEC: 4}), TODAY, 3)
    assert (outcome.account.held, outcome.account.available_on(TODAY)) == (3, 3)
    assert draws == {NOV: 2, DEC: 1}


def test_an_earlier_lot_that_arrives_later_is_spent_before_the_others() -> None:
    later = acts.earn(account({JAN: 5}), TODAY, 3, DEC).account
    assert later.next_expiry == DEC
    _, draws = acts.spend(later, TODAY, 4)
    assert draws == {DEC: 3, JAN: 1}


def test_points_whose_lot_has_passed_on_arrival_are_not_credited_and_the_entry_says_so() -> None:
    outcome = acts.earn(account({DEC: 1}), TODAY, 7, PAST)
    assert outcome.account.lots == {DEC: 1}
    assert outcome.postings == (Posting(Kind.EARN, facts={"lapsed_on_arrival": 7}),)


def test_an_earning_of_nothing_leaves_the_account_as_it_is() -> None:
    before = account({DEC: 1})
    assert acts.earn(before, TODAY, 0, JAN).account == before


def test_the_next_earning_repays_a_debt_before_it_makes_a_lot() -> None:
    outcome = acts.earn(account(debt=4), TODAY, 10, DEC)
    assert (outcome.account.debt, outcome.account.lots) == (0, {DEC: 6})
    assert outcome.postings[-1].facts == {"debt_repaid": 4}


def test_an_earning_smaller_than_the_debt_leaves_no_lot() -> None:
    outcome = acts.earn(account(debt=4), TODAY, 3, DEC)
    assert (outcome.account.debt, outcome.account.lots) == (1, {})


def test_pending_points_repay_a_debt_when_they_become_usable_not_before() -> None:
    waiting = acts.earn_pending(account(debt=4), TODAY, 10).account
    assert (waiting.pending, waiting.debt) == (10, 4)
    usable = acts.mature(waiting, TODAY, 10, DEC).account
    assert (usable.pending, usable.debt, usable.lots) == (0, 0, {DEC: 6})


def test_pending_points_whose_lot_has_passed_lapse_as_they_mature() -> None:
    outcome = acts.mature(account(pending=3), TODAY, 3, PAST)
    assert [p.kind for p in outcome.postings] == [Kind.MATURE, Kind.LAPSE]
    assert (outcome.account.pending, outcome.account.lots) == (0, {})


def test_an_adjustment_adds_to_a_lot_and_repays_a_debt_first() -> None:
    outcome = acts.adjust(account(debt=2), TODAY, 5, DEC)
    assert (outcome.account.debt, outcome.account.lots) == (0, {DEC: 3})
    assert outcome.postings[-1].kind is Kind.ADJUST


def test_an_adjustment_takes_from_a_frozen_account_too_but_never_more_than_is_there() -> None:
    frozen = replace(account({DEC: 5}), frozen_at=datetime(2026, 11, 20, tzinfo=UTC))
    assert acts.adjust(frozen, TODAY, -3, DEC).account.lots == {DEC: 2}
    with pytest.raises(InsufficientPoints):
        acts.adjust(frozen, TODAY, -6, DEC)


def test_postings_that_do_not_fit_the_account_show_that_it_was_read_in_two_moments() -> None:
    with pytest.raises(TornRead):
        apply(account({DEC: 5}), Posting(Kind.RELEASE, lots={DEC: 2}, held=-2))
