"""Lots that have passed lapse: an entry each, once, however many there are."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from expiry.service import mature, settle
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Kind
from loyalty.domain.errors import Busy
from loyalty.domain.programme import ReturnWindow
from loyalty.domain.redemption import Status
from support.books import (
    account_of,
    assert_explained,
    available,
    bring,
    entries_of_member,
    on_day,
)
from support.counter import Counter, put_on_shelf
from support.shop import Shop

FIRST = date(2027, 1, 1)
MANY = {FIRST + timedelta(days=n): n + 1 for n in range(250)}
"""A lot for each of 250 days."""

AFTER = FIRST + timedelta(days=400)


@pytest.fixture
def mall() -> MemoryMall:
    """Noon on 2026-11-21 in Shanghai."""
    return MemoryMall()


def lapses(mall: MemoryMall) -> dict[date, int]:
    found: dict[date, int] = {}
    for entry in entries_of_member(mall):
        if entry.kind is Kind.LAPSE:
            (day,) = entry.lots
            assert day not in found, "one entry a lot"
            found[day] = -entry.points
    return found


def test_each_lot_that_has_passed_has_an_entry_of_its_own(mall: MemoryMall) -> None:
    bring(mall, {FIRST: 5, FIRST + timedelta(days=1): 7, AFTER: 9})
    on_day(mall, FIRST + timedelta(days=2))
    assert settle(mall, "lin") == 2
    assert lapses(mall) == {FIRST: 5, FIRST + timedelta(days=1): 7}
    assert account_of(mall).lots == {AFTER: 9}
    assert_explained(mall)


def test_nothing_lapses_before_its_day_is_over(mall: MemoryMall) -> None:
    bring(mall, {FIRST: 5})
    on_day(mall, FIRST)
    assert settle(mall, "lin") == 0
    assert account_of(mall).version == 1


def test_settling_again_finds_nothing(mall: MemoryMall) -> None:
    bring(mall, {FIRST: 5})
    on_day(mall, AFTER)
    settle(mall, "lin")
    assert settle(mall, "lin") == 0
    assert len(entries_of_member(mall)) == 2


def test_whoever_has_no_account_has_nothing_to_settle(mall: MemoryMall) -> None:
    assert settle(mall, "nobody") == 0


def test_a_settlement_whose_answer_was_lost_is_found_done(mall: MemoryMall) -> None:
    bring(mall, {FIRST: 5})
    on_day(mall, AFTER)
    mall.store.lose_next_reply()
    with pytest.raises(Busy):
        settle(mall, "lin")
    assert settle(mall, "lin") == 0
    assert lapses(mall) == {FIRST: 5}


def test_more_lots_than_a_transaction_holds_lapse_in_chunks(mall: MemoryMall) -> None:
    bring(mall, MANY)
    on_day(mall, AFTER)
    assert settle(mall, "lin") == 250
    assert lapses(mall) == MANY
    assert account_of(mall).lots == {}
    assert_explained(mall)


def test_lots_that_fill_one_transaction_exactly_lapse_in_one(mall: MemoryMall) -> None:
    bring(mall, dict(list(MANY.items())[:90]))
    on_day(mall, AFTER)
    assert settle(mall, "lin") == 90
    assert account_of(mall).version == 2


def test_a_settlement_interrupted_between_chunks_is_finished_by_the_next(
    mall: MemoryMall,
) -> None:
    bring(mall, MANY)
    on_day(mall, AFTER)
    mall.store.lose_next_reply()
    with pytest.raises(Busy):
        settle(mall, "lin")
    assert settle(mall, "lin") == 160
    assert lapses(mall) == MANY


def test_two_settlements_in_chunks_at_once_let_each_lot_lapse_once(mall: MemoryMall) -> None:
    bring(mall, MANY)
    on_day(mall, AFTER)
    mall.store.before_next_commit(lambda: settle(mall, "lin"))
    settle(mall, "lin")
    assert lapses(mall) == MANY
    assert_explained(mall)


def redeem(mall: MemoryMall) -> None:
    assert Counter(mall).redeem(10).status is Status.CONFIRMED


def refund(mall: MemoryMall) -> None:
    Shop(mall).refunds("A1", 10)


def earn_beside_a_debt_or_an_earlier_lot(mall: MemoryMall) -> None:
    Shop(mall).pays("A2", 10)


def mature_what_waited(mall: MemoryMall) -> None:
    assert mature(mall, "lin", "standard", "A3") == 10


@pytest.mark.parametrize(
    "act", [redeem, refund, earn_beside_a_debt_or_an_earlier_lot, mature_what_waited]
)
def test_every_act_on_an_account_with_that_many_lapsed_lots_settles_them_first(
    mall: MemoryMall, act: Callable[[MemoryMall], None]
) -> None:
    put_on_shelf(mall)
    bring(mall, MANY)
    window = ReturnWindow(categories={"preorder": 7})
    mall.programmes.publish(replace(mall.programmes.live(), return_window=window))
    Shop(mall).pays("A3", 10, category="preorder")
    on_day(mall, date(2027, 11, 1))
    Shop(mall).pays("A1", 20, paid_at=mall.clock.now())
    act(mall)
    settle(mall, "lin")
    assert lapses(mall) == MANY
    assert_explained(mall)


@pytest.mark.parametrize("has_more_to_settle", [False, True])
def test_a_redemption_of_that_many_lots_can_be_cancelled_after_they_have_lapsed(
    mall: MemoryMall, has_more_to_settle: bool
) -> None:
    put_on_shelf(mall, stock=100_000)
    counter = Counter(mall)
    bring(mall, {**MANY, date(2028, 6, 30): 10})
    redemption = counter.redeem(sum(MANY.values()) + 5)
    if has_more_to_settle:
        bring(mall, {day - timedelta(days=300): 1 for day in MANY})
    on_day(mall, AFTER)
    assert counter.cancel(redemption).status is Status.CANCELLED
    assert available(mall) == 10
    settle(mall, "lin")
    assert account_of(mall).lots == {date(2028, 6, 30): 10}
    assert lapses(mall).items() >= MANY.items()
    assert_explained(mall)
