"""Points that wait for the end of a return window become usable, once, as far as they are left."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from expiry.service import mature
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account, Kind
from loyalty.domain.errors import Busy
from loyalty.domain.programme import ReturnWindow
from loyalty.domain.validity import Validity, ValidityKind
from support.books import account_of, assert_explained, available, entries_of_member, on_day
from support.counter import Counter, put_on_shelf
from support.shop import Shop

USABLE, LOT = date(2026, 11, 28), date(2027, 11, 30)


@pytest.fixture
def mall() -> MemoryMall:
    """Noon on 2026-11-21 in Shanghai; pre-orders wait for a week."""
    mall = MemoryMall()
    window = ReturnWindow(categories={"preorder": 7})
    mall.programmes.publish(replace(mall.programmes.live(), return_window=window))
    return mall


@pytest.fixture
def shop(mall: MemoryMall) -> Shop:
    """A shop that has sold lin a pre-order of ten yuan."""
    shop = Shop(mall)
    shop.pays("A1", 10, category="preorder")
    return shop


sold = pytest.mark.usefixtures("shop")


def mature_it(mall: MemoryMall) -> int:
    return mature(mall, "lin", "standard", "A1")


@sold
def test_points_wait_until_the_window_has_ended(mall: MemoryMall) -> None:
    assert (available(mall), account_of(mall).pending) == (0, 10)
    on_day(mall, date(2026, 11, 27))
    assert mature_it(mall) == 0
    on_day(mall, USABLE)
    assert mature_it(mall) == 10
    assert account_of(mall).lots == {LOT: 10}, "the lot is that of the payment"
    assert account_of(mall).pending == 0
    entry = entries_of_member(mall)[-1]
    assert (entry.kind, entry.reason, entry.reference) == (
        Kind.MATURE,
        "return-window-ended",
        "A1",
    )
    assert_explained(mall)


@sold
def test_maturing_again_finds_nothing(mall: MemoryMall) -> None:
    on_day(mall, USABLE)
    mature_it(mall)
    assert mature_it(mall) == 0
    assert available(mall) == 10


@sold
def test_maturing_twice_at_once_happens_once(mall: MemoryMall) -> None:
    on_day(mall, USABLE)
    mall.store.before_next_commit(lambda: mature_it(mall))
    assert mature_it(mall) == 0
    assert (available(mall), account_of(mall).pending) == (10, 0)


@sold
def test_maturing_between_two_reads_happens_once(
    mall: MemoryMall, monkeypatch: pytest.MonkeyPatch
) -> None:
    on_day(mall, USABLE)
    read = mall.accounts.account
    others: list[Callable[[], object]] = [lambda: mature_it(mall)]

    def act_then_read(member_id: str) -> Account:
        if others:
            others.pop()()
        return read(member_id)

    monkeypatch.setattr(mall.accounts, "account", act_then_read)
    assert mature_it(mall) == 0
    assert (available(mall), account_of(mall).pending) == (10, 0)


@sold
def test_an_answer_that_was_lost_is_found_done(mall: MemoryMall) -> None:
    on_day(mall, USABLE)
    mall.store.lose_next_reply()
    with pytest.raises(Busy):
        mature_it(mall)
    assert mature_it(mall) == 0
    assert available(mall) == 10


def test_what_was_refunded_meanwhile_does_not_mature(mall: MemoryMall, shop: Shop) -> None:
    shop.refunds("A1", 4)
    assert account_of(mall).pending == 6
    on_day(mall, USABLE)
    assert mature_it(mall) == 6
    assert_explained(mall)


def test_a_refund_that_races_the_maturing_takes_from_what_has_matured(
    mall: MemoryMall, shop: Shop
) -> None:
    on_day(mall, USABLE)
    mall.store.before_next_commit(lambda: mature_it(mall))
    shop.refunds("A1", 4)
    assert (available(mall), account_of(mall).pending) == (6, 0)
    assert_explained(mall)


def test_maturing_that_races_a_refund_makes_usable_what_is_left(
    mall: MemoryMall, shop: Shop
) -> None:
    on_day(mall, USABLE)
    mall.store.before_next_commit(lambda: shop.refunds("A1", 4))
    assert mature_it(mall) == 6
    assert_explained(mall)


def test_a_cancelled_order_leaves_nothing_that_could_mature(mall: MemoryMall, shop: Shop) -> None:
    shop.cancels("A1")
    assert (account_of(mall).pending, mall.accounts.pending("lin", "standard", "A1")) == (0, None)
    on_day(mall, USABLE)
    assert mature_it(mall) == 0


def test_an_edit_within_the_window_waits_with_the_rest(mall: MemoryMall, shop: Shop) -> None:
    shop.edits("A1", 15, category="preorder")
    assert account_of(mall).pending == 15
    on_day(mall, USABLE)
    assert mature_it(mall) == 15


def test_an_order_voided_and_edited_again_within_its_window_waits_anew(
    mall: MemoryMall, shop: Shop
) -> None:
    shop.edits("A1", 0, category="preorder", minutes_later=1)
    assert account_of(mall).pending == 0
    shop.edits("A1", 8, category="preorder", minutes_later=2)
    on_day(mall, USABLE)
    assert mature_it(mall) == 8


def test_an_edit_after_the_window_is_usable_at_once(mall: MemoryMall, shop: Shop) -> None:
    paid_at = mall.clock.now()
    on_day(mall, USABLE)
    mature_it(mall)
    shop.edits("A1", 15, category="preorder", paid_at=paid_at)
    assert (available(mall), account_of(mall).pending) == (15, 0)


def test_maturing_repays_a_debt_first(mall: MemoryMall, shop: Shop) -> None:
    put_on_shelf(mall)
    shop.pays("A2", 4)
    Counter(mall).redeem(4)
    shop.refunds("A2", 4)
    assert account_of(mall).debt == 4
    on_day(mall, USABLE)
    mature_it(mall)
    assert (account_of(mall).debt, available(mall)) == (0, 6)
    assert_explained(mall)


def test_points_whose_lot_passes_while_they_wait_lapse_as_they_mature(mall: MemoryMall) -> None:
    short = Validity(ValidityKind.FIXED_DAYS, 1)
    mall.programmes.publish(replace(mall.programmes.live(), validity=short))
    Shop(mall).pays("A1", 10, category="preorder")
    on_day(mall, USABLE)
    assert mature_it(mall) == 10
    assert (available(mall), account_of(mall).pending) == (0, 0)
    assert [entry.kind for entry in entries_of_member(mall)][-1] is Kind.LAPSE
    assert_explained(mall)


def test_an_order_that_arrives_after_its_window_is_usable_at_once(mall: MemoryMall) -> None:
    paid_at = mall.clock.now()
    on_day(mall, USABLE)
    Shop(mall).pays("A1", 10, category="preorder", paid_at=paid_at)
    assert (available(mall), account_of(mall).pending) == (10, 0)
