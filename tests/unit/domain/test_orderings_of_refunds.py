"""Refunds, edits and cancellations around their order: each ordering by its name."""

from datetime import date

import pytest

from loyalty.adapters.memory import MemoryMall
from support.books import account_of, assert_explained, available, entries_of_member, on_day
from support.counter import Counter
from support.shop import Shop

DEC, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)


def test_a_debt_is_repaid_by_the_next_earning(
    mall: MemoryMall, shop: Shop, counter: Counter
) -> None:
    shop.pays("A1", 10)
    counter.redeem(8)
    shop.refunds("A1", 10)
    assert (account_of(mall).debt, account_of(mall).lots) == (8, {})
    mall.clock.travel(minutes=1)
    receipt = shop.pays("A2", 12)
    assert (receipt.status, receipt.points) == ("credited", 12)
    assert (account_of(mall).debt, account_of(mall).lots) == (0, {DEC: 4})
    assert entries_of_member(mall)[-1].explanation["debt_repaid"] == 8
    assert_explained(mall)


def test_a_debt_is_repaid_by_a_cancelled_redemption(
    mall: MemoryMall, shop: Shop, counter: Counter
) -> None:
    shop.pays("A1", 10)
    spent = counter.redeem(8)
    shop.refunds("A1", 10)
    counter.cancel(spent)
    assert (account_of(mall).debt, account_of(mall).lots) == (0, {})
    assert_explained(mall)


def test_two_refunds_of_one_order_at_once_are_both_booked_and_neither_twice(
    mall: MemoryMall, shop: Shop
) -> None:
    shop.pays("A1", 10)
    mall.store.before_next_commit(lambda: shop.refunds("A1", 3, "R2"))
    assert shop.refunds("A1", 4, "R1").points == 4
    assert available(mall) == 3
    assert mall.ledger.book("standard", "A1").refunded == 7
    assert_explained(mall)


def test_the_same_refund_delivered_twice_at_once_is_booked_once(
    mall: MemoryMall, shop: Shop
) -> None:
    shop.pays("A1", 10)
    mall.store.before_next_commit(lambda: shop.refunds("A1", 4))
    receipt = shop.refunds("A1", 4)
    assert (receipt.status, receipt.points) == ("duplicate", 4)
    assert available(mall) == 6


def test_two_refunds_before_their_order_are_both_remembered(mall: MemoryMall, shop: Shop) -> None:
    assert shop.refunds("A1", 3, "R1").status == "noted"
    assert shop.refunds("A1", 4, "R2").status == "noted"
    assert account_of(mall).version == 0
    receipt = shop.pays("A1", 10)
    assert (receipt.status, receipt.points) == ("credited", 3)
    assert available(mall) == 3
    assert_explained(mall)


def test_two_refunds_before_their_order_at_once_are_both_remembered(
    mall: MemoryMall, shop: Shop
) -> None:
    mall.store.before_next_commit(lambda: shop.refunds("A1", 3, "R2"))
    shop.refunds("A1", 4, "R1")
    shop.pays("A1", 10)
    assert available(mall) == 3


def test_a_refund_that_races_its_order_is_taken_back_whichever_comes_first(
    mall: MemoryMall, shop: Shop
) -> None:
    mall.store.before_next_commit(lambda: shop.pays("A1", 10))
    shop.refunds("A1", 4)
    mall.store.before_next_commit(lambda: shop.refunds("A2", 4))
    shop.pays("A2", 10)
    assert available(mall) == 12
    assert_explained(mall)


def test_an_order_cancelled_before_it_is_paid_earns_nothing(mall: MemoryMall, shop: Shop) -> None:
    shop.cancels("A1")
    receipt = shop.pays("A1", 10)
    assert (receipt.status, receipt.points) == ("credited", 0)
    assert available(mall) == 0


def test_a_refund_of_a_cancelled_order_takes_nothing_more(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 10)
    assert shop.cancels("A1").points == 10
    assert shop.refunds("A1", 10).points == 0
    assert (available(mall), account_of(mall).debt) == (0, 0)


def test_refunds_beyond_the_order_take_no_more_than_it_gave(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 10)
    shop.pays("A2", 10)
    shop.refunds("A1", 8, "R1")
    assert shop.refunds("A1", 8, "R2").points == 2
    assert available(mall) == 10


def test_an_edit_books_the_difference_up_and_down(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 10)
    assert shop.edits("A1", 15, minutes_later=1).status == "credited"
    receipt = shop.edits("A1", 4, minutes_later=2)
    assert (receipt.status, receipt.points) == ("clawed_back", 11)
    assert available(mall) == 4
    assert_explained(mall)


@pytest.mark.parametrize("amount", [4, 15])
def test_an_edit_that_arrives_before_its_order_stands(
    mall: MemoryMall, shop: Shop, amount: int
) -> None:
    assert shop.edits("A1", amount).status == "noted"
    shop.pays("A1", 10)
    assert available(mall) == amount


def test_a_late_edit_that_lowers_an_order_takes_the_difference_and_no_more(
    mall: MemoryMall, shop: Shop, counter: Counter
) -> None:
    paid_at = mall.clock.now()
    shop.pays("A1", 10)
    counter.redeem(10)
    on_day(mall, NEW_YEAR)
    shop.edits("A1", 7, paid_at=paid_at)
    assert account_of(mall).debt == 3


def test_a_late_edit_that_raises_an_order_adds_nothing_to_a_lot_that_has_passed(
    mall: MemoryMall, shop: Shop
) -> None:
    paid_at = mall.clock.now()
    shop.pays("A1", 10)
    on_day(mall, NEW_YEAR)
    assert shop.edits("A1", 90, paid_at=paid_at).points == 0
    shop.pays("A2", 50)
    shop.refunds("A1", 90)
    assert (available(mall), account_of(mall).debt) == (50, 0)


def test_an_order_edited_in_time_and_paid_too_late_owes_nothing_when_it_is_refunded(
    mall: MemoryMall, shop: Shop
) -> None:
    paid_at = mall.clock.now()
    shop.edits("A1", 30, paid_at=paid_at)
    on_day(mall, NEW_YEAR)
    assert shop.pays("A1", 10, paid_at=paid_at).points == 0
    shop.pays("A2", 50)
    shop.refunds("A1", 30)
    assert (available(mall), account_of(mall).debt) == (50, 0)


def test_a_repeated_claw_back_says_the_same_though_points_had_lapsed(
    mall: MemoryMall, shop: Shop, counter: Counter
) -> None:
    shop.pays("A1", 10)
    counter.redeem(4)
    on_day(mall, NEW_YEAR)
    first, again = shop.refunds("A1", 10), shop.refunds("A1", 10)
    assert (first.status, again.status) == ("clawed_back", "duplicate")
    assert (first.entry_id, first.points) == (again.entry_id, again.points)
