"""What a refunded order had earned is taken back, wherever it is by now."""

from datetime import date

import pytest

from loyalty.domain.account import Account, Kind, Posting
from loyalty.domain.claw_back import ClawBackPolicy, LapsedLot, Taken, claw_back

TODAY = date(2026, 11, 21)
PAST, NOV, DEC, JAN = (
    date(2026, 10, 31),
    date(2026, 11, 30),
    date(2026, 12, 31),
    date(2027, 1, 31),
)


def nothing_lapsed(lot: date) -> LapsedLot:
    return LapsedLot("lin", lot)


def test_the_order_s_own_lot_pays_first_then_the_earliest() -> None:
    account = Account("lin", {NOV: 3, DEC: 3, JAN: 3})
    outcome, taken = claw_back(account, TODAY, 7, nothing_lapsed(DEC))
    assert outcome.account.lots == {JAN: 2}
    assert taken == Taken(lots=7)


def test_pending_points_pay_before_any_lot() -> None:
    account = Account("lin", {DEC: 3}, pending=4)
    outcome, taken = claw_back(account, TODAY, 5, nothing_lapsed(DEC), pending=4)
    assert (outcome.account.pending, outcome.account.lots) == (0, {DEC: 2})
    assert taken == Taken(pending=4, lots=1)


def test_no_more_is_taken_from_pending_than_is_to_be_taken() -> None:
    account = Account("lin", pending=4)
    outcome, taken = claw_back(account, TODAY, 1, nothing_lapsed(DEC), pending=4)
    assert (outcome.account.pending, taken) == (3, Taken(pending=1))


def test_what_is_not_found_becomes_a_debt() -> None:
    outcome, taken = claw_back(Account("lin", {NOV: 2}), TODAY, 5, nothing_lapsed(DEC))
    assert (outcome.account.debt, outcome.account.lots) == (3, {})
    assert taken == Taken(lots=2, debt=3)


def test_clamping_makes_no_debt_and_records_the_shortfall() -> None:
    outcome, taken = claw_back(
        Account("lin", {NOV: 2}), TODAY, 5, nothing_lapsed(DEC), policy=ClawBackPolicy.CLAMP
    )
    assert (outcome.account.debt, taken) == (0, Taken(lots=2, shortfall=3))
    assert outcome.postings[-1].facts == {"taken_back": 5, "shortfall": 3}


def test_held_points_are_not_taken_out_of_their_hold() -> None:
    outcome, _ = claw_back(Account("lin", held=5), TODAY, 5, nothing_lapsed(DEC))
    assert (outcome.account.held, outcome.account.debt) == (5, 5)


def test_what_lapsed_in_the_lot_counts_as_taken() -> None:
    account = Account("lin", {DEC: 9})
    outcome, taken = claw_back(account, TODAY, 5, LapsedLot("lin", PAST, lapsed=4))
    assert outcome.account.lots == {DEC: 8}
    assert taken == Taken(lots=1, lapsed=4)
    assert outcome.postings[-1].facts == {"taken_back": 5, "lapsed_already": 4}


def test_what_another_claw_back_has_counted_does_not_count_again() -> None:
    lapsed = LapsedLot("lin", PAST, lapsed=4, counted=3)
    outcome, taken = claw_back(Account("lin", {DEC: 9}), TODAY, 5, lapsed)
    assert (outcome.account.lots, taken) == ({DEC: 5}, Taken(lots=4, lapsed=1))


def test_what_lapses_in_this_very_act_counts_too() -> None:
    account = Account("lin", {PAST: 4, DEC: 9})
    outcome, taken = claw_back(account, TODAY, 5, nothing_lapsed(PAST))
    assert [posting.kind for posting in outcome.postings] == [Kind.LAPSE, Kind.CLAW_BACK]
    assert (outcome.account.lots, taken) == ({DEC: 8}, Taken(lots=1, lapsed=4))


def test_what_lapses_in_other_lots_does_not_count() -> None:
    account = Account("lin", {date(2026, 9, 30): 4, DEC: 9})
    _, taken = claw_back(account, TODAY, 5, nothing_lapsed(PAST))
    assert taken == Taken(lots=5)


def test_a_lot_that_is_still_valid_has_nothing_that_could_count() -> None:
    _, taken = claw_back(Account("lin"), TODAY, 5, LapsedLot("lin", TODAY, lapsed=4))
    assert taken == Taken(debt=5)


def test_a_second_claw_back_adds_to_the_debt() -> None:
    outcome, _ = claw_back(Account("lin", debt=2), TODAY, 3, nothing_lapsed(DEC))
    assert outcome.account.debt == 5


@pytest.mark.parametrize("policy", ClawBackPolicy)
def test_taking_nothing_back_changes_nothing(policy: ClawBackPolicy) -> None:
    account = Account("lin", {DEC: 3})
    outcome, taken = claw_back(account, TODAY, 0, nothing_lapsed(DEC), policy=policy)
    assert (outcome.account, taken) == (account, Taken())
    assert outcome.postings == (Posting(Kind.CLAW_BACK, facts={"taken_back": 0}),)
