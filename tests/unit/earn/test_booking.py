"""How news is booked: what entries say, what is read, and what claw-backs find."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from earn.service import Receipt
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Kind
from loyalty.domain.claw_back import ClawBackPolicy
from loyalty.domain.entry import EntryKey
from loyalty.domain.errors import Busy
from loyalty.domain.programme import CurrencyRates, Rate, ReturnWindow
from support.books import account_of, assert_explained, available, entries_of_member, facts_of
from support.counter import Counter, put_on_shelf
from support.shop import Shop


@pytest.fixture
def mall() -> MemoryMall:
    """Noon on 2026-11-21 in Shanghai; a yuan is a point."""
    return MemoryMall()


@pytest.fixture
def shop(mall: MemoryMall) -> Shop:
    """A shop whose orders name lin as the member."""
    return Shop(mall)


def spend(mall: MemoryMall, points: int) -> None:
    put_on_shelf(mall)
    Counter(mall).redeem(points)


class Unread:
    """What nobody may look into."""

    def __getattr__(self, name: str) -> Any:
        raise AssertionError(f"{name} was read")


def test_a_paid_order_reads_neither_account_nor_ledger(
    mall: MemoryMall, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(mall, "accounts", Unread())
        patch.setattr(mall, "ledger", Unread())
        shop.pays("A1", 10)
        shop.pays("A2", 20)
    assert available(mall) == 30


def test_a_claw_back_says_what_was_refunded_and_what_was_taken(
    mall: MemoryMall, shop: Shop
) -> None:
    shop.pays("A1", 10)
    receipt = shop.refunds("A1", "2.50")
    assert (receipt.status, receipt.points) == ("clawed_back", 2)
    entry = mall.ledger.entry(EntryKey("order:standard:A1", "refund:R1"))
    assert entry is not None
    assert (entry.kind, entry.points, entry.reason) == (Kind.CLAW_BACK, -2, "refund")
    assert entry.explanation == {"refunded": "2.50", "taken_back": 2}


def test_refunds_are_reckoned_from_what_was_recorded_not_from_new_rules(
    mall: MemoryMall, shop: Shop
) -> None:
    shop.pays("A1", 10)
    generous = {"CNY": CurrencyRates(Rate(100))}
    mall.programmes.publish(replace(mall.programmes.live(), version=2, rates=generous))
    assert shop.refunds("A1", 5).points == 5


def test_small_refunds_take_nothing_until_they_add_up(mall: MemoryMall, shop: Shop) -> None:
    mall.programmes.publish(
        replace(mall.programmes.live(), rates={"CNY": CurrencyRates(Rate(1, Decimal(10)))})
    )
    shop.pays("A1", 100)
    taken = [shop.refunds("A1", 4, f"R{n}").points for n in range(5)]
    assert taken == [0, 0, 1, 0, 1]
    assert available(mall) == 8


def test_a_refund_takes_from_what_still_waits_first(mall: MemoryMall, shop: Shop) -> None:
    window = ReturnWindow(categories={"preorder": 7})
    mall.programmes.publish(replace(mall.programmes.live(), return_window=window))
    shop.pays("A1", 10)
    shop.pays("A2", 10, category="preorder")
    shop.refunds("A2", 4)
    assert (available(mall), account_of(mall).pending) == (10, 6)
    assert_explained(mall)


def test_what_a_refund_does_not_find_is_owed_and_said(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 10)
    spend(mall, 7)
    assert shop.refunds("A1", 10).points == 10
    assert (available(mall), account_of(mall).debt) == (0, 7)
    entry = mall.ledger.entry(EntryKey("order:standard:A1", "refund:R1"))
    assert entry is not None
    assert (entry.points, entry.debt) == (-3, 7)


def test_a_programme_that_makes_no_debts_says_what_it_let_go(mall: MemoryMall, shop: Shop) -> None:
    mall.programmes.publish(replace(mall.programmes.live(), claw_back=ClawBackPolicy.CLAMP))
    shop.pays("A1", 10)
    spend(mall, 7)
    first, again = shop.refunds("A1", 10), shop.refunds("A1", 10)
    assert (first.points, again.points) == (10, 10)
    assert (available(mall), account_of(mall).debt) == (0, 0)
    entry = mall.ledger.entry(EntryKey("order:standard:A1", "refund:R1"))
    assert entry is not None
    assert entry.explanation["shortfall"] == 7
    assert shop.pays("A2", 5).points == 5
    assert available(mall) == 5, "and nobody asks for it later"


def test_what_a_refund_lets_go_is_judged_by_the_account_as_it_stands(
    mall: MemoryMall, shop: Shop
) -> None:
    mall.programmes.publish(replace(mall.programmes.live(), claw_back=ClawBackPolicy.CLAMP))
    shop.pays("A1", 10)
    spend(mall, 10)
    mall.store.before_next_commit(lambda: shop.pays("A2", 7))
    assert shop.refunds("A1", "4").status == "clawed_back"
    assert available(mall) == 3
    entry = mall.ledger.entry(EntryKey("order:standard:A1", "refund:R1"))
    assert entry is not None
    assert (entry.points, "shortfall" in entry.explanation) == (-4, False)


def test_news_before_its_order_is_on_no_member_s_statement(mall: MemoryMall, shop: Shop) -> None:
    shop.refunds("A1", 4)
    shop.edits("A1", 12)
    shop.cancels("A2")
    assert facts_of(mall) == []
    assert mall.ledger.book("standard", "A1").refunded == 4


def test_an_edit_that_changes_no_points_is_on_no_statement(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 10)
    assert shop.edits("A1", 10).status == "noted"
    assert facts_of(mall) == ["order:standard:A1/paid"]


def test_an_edit_keeps_the_points_of_unchanged_money_whatever_the_rules_are_now(
    mall: MemoryMall, shop: Shop
) -> None:
    shop.pays("A1", 10)
    generous = {"CNY": CurrencyRates(Rate(100))}
    mall.programmes.publish(replace(mall.programmes.live(), version=2, rates=generous))
    assert shop.edits("A1", 10).points == 0
    assert available(mall) == 10


@pytest.mark.parametrize("edit_first", [False, True])
def test_unchanged_money_keeps_its_points_whichever_news_comes_first(
    mall: MemoryMall, shop: Shop, edit_first: bool
) -> None:
    rates = CurrencyRates(Rate(1), categories={"new": Rate(2)})
    mall.programmes.publish(replace(mall.programmes.live(), rates={"CNY": rates}))
    if edit_first:
        shop.edits("A1", 10, category="new")
    shop.pays("A1", 10)
    if not edit_first:
        shop.edits("A1", 10, category="new")
    assert available(mall) == 10


def test_every_kind_of_news_whose_answer_was_lost_is_booked_once(
    mall: MemoryMall, shop: Shop
) -> None:
    shop.pays("A1", 20)
    shop.pays("A2", 20)
    news: list[Callable[[], Receipt]] = [
        lambda: shop.refunds("A1", 5),
        lambda: shop.edits("A1", 16),
        lambda: shop.cancels("A2"),
        lambda: shop.refunds("A3", 5),
        lambda: shop.pays("A3", 9),
    ]
    for tell in news:
        mall.store.lose_next_reply()
        with pytest.raises(Busy):
            tell()
        assert tell().status == "duplicate"
    assert available(mall) == 11 + 0 + 4
    assert_explained(mall)


def test_entries_of_an_order_lie_together_and_know_their_member(
    mall: MemoryMall, shop: Shop
) -> None:
    shop.pays("A1", 20)
    mall.clock.travel(minutes=1)
    shop.refunds("A1", 5)
    mall.clock.travel(minutes=1)
    shop.cancels("A1")
    assert facts_of(mall) == [
        "order:standard:A1/paid",
        "order:standard:A1/refund:R1",
        "order:standard:A1/cancel",
    ]
    assert {entry.reference for entry in entries_of_member(mall)} == {"A1"}
