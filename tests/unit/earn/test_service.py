"""A shop's news, and what its sender is told became of it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from earn.service import Receipt, credit_waiting, take_news
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Kind
from loyalty.domain.entry import EntryKey
from loyalty.domain.errors import Busy
from loyalty.domain.member import CustomerLink
from loyalty.domain.orders import CustomerRef, Ignored
from loyalty.domain.programme import ReturnWindow
from loyalty.domain.writes import AddLink
from support.books import account_of, assert_explained, available, entries_of_member
from support.shop import Shop

LOT = date(2027, 11, 30)


@pytest.fixture
def mall() -> MemoryMall:
    """Noon on 2026-11-21 in Shanghai; a yuan is a point."""
    return MemoryMall()


@pytest.fixture
def shop(mall: MemoryMall) -> Shop:
    """A shop whose orders name lin as the member."""
    return Shop(mall)


def link(mall: MemoryMall, customer_id: str = "207119551", member_id: str = "lin") -> None:
    linked = CustomerLink("standard", customer_id, member_id, mall.clock.now(), "operator")
    mall.store.commit([AddLink(linked)])


def test_a_paid_order_is_credited_with_everything_that_decided_it(
    mall: MemoryMall, shop: Shop
) -> None:
    paid_at = mall.clock.now() - timedelta(hours=2)
    receipt = shop.pays("A1", "118.40", category="tea", paid_at=paid_at)
    assert receipt == Receipt("credited", "order:standard:A1/paid", 118)
    assert account_of(mall).lots == {LOT: 118}
    (entry,) = entries_of_member(mall)
    assert (entry.kind, entry.reason, entry.actor) == (Kind.EARN, "purchase", "shop:standard")
    assert (entry.occurred_at, entry.recorded_at) == (paid_at, mall.clock.now())
    assert (entry.reference, entry.programme_version) == ("A1", 1)
    assert entry.explanation["exact"] == "118.4"
    assert entry.explanation["base"] == "118.40"
    assert entry.explanation["lot"] == "2027-11-30"


def test_the_same_order_again_is_a_duplicate_of_the_first_entry(
    mall: MemoryMall, shop: Shop
) -> None:
    first = shop.pays("A1", 118)
    mall.clock.travel(days=400)
    again = shop.pays("A1", 118, paid_at=datetime(2026, 11, 21, 4, tzinfo=UTC))
    assert again == Receipt("duplicate", first.entry_id, 118)
    assert len(entries_of_member(mall)) == 1


def test_an_order_without_points_leaves_an_entry_that_says_why(
    mall: MemoryMall, shop: Shop
) -> None:
    assert shop.pays("A1", "0.40") == Receipt(
        "credited", "order:standard:A1/paid", 0, "rounded-to-nothing"
    )
    foreign = replace(shop, currency="JPY").pays("A2", 5_000)
    assert (foreign.points, foreign.reason) == (0, "currency-not-in-programme")
    assert account_of(mall).version == 0
    assert [entry.explanation["why_none"] for entry in entries_of_member(mall)] == [
        "rounded-to-nothing",
        "currency-not-in-programme",
    ]


def test_orders_of_two_shops_with_one_number_are_two_orders(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 10)
    replace(shop, source="shopify").pays("A1", 20)
    assert available(mall) == 30


def test_a_lost_answer_is_a_duplicate_when_the_shop_asks_again(
    mall: MemoryMall, shop: Shop
) -> None:
    mall.store.lose_next_reply()
    with pytest.raises(Busy):
        shop.pays("A1", 10)
    assert shop.pays("A1", 10).status == "duplicate"
    assert available(mall) == 10


def test_a_guest_s_order_is_ignored(mall: MemoryMall) -> None:
    guest = Shop(mall, CustomerRef())
    assert guest.pays("A1", 10) == Receipt("ignored", reason="guest-order")
    assert guest.edits("A1", 10) == Receipt("ignored", reason="guest-order")


def test_what_concerns_no_points_is_ignored_with_its_reason(mall: MemoryMall) -> None:
    assert take_news(mall, "shopify", Ignored("ping")) == Receipt("ignored", reason="ping")


def test_a_payment_dated_in_the_future_counts_as_of_today(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 10, paid_at=mall.clock.now() + timedelta(days=40))
    assert account_of(mall).lots == {LOT: 10}


def test_an_order_with_a_return_window_is_pending_until_its_slowest_category_s_day(
    mall: MemoryMall, shop: Shop
) -> None:
    window = ReturnWindow(days=1, categories={"preorder": 7})
    mall.programmes.publish(replace(mall.programmes.live(), return_window=window))
    shop.pays("A1", 10, category="preorder")
    row = mall.accounts.pending("lin", "standard", "A1")
    assert row is not None
    assert (row.remaining, row.usable_on, row.lot) == (10, date(2026, 11, 28), LOT)
    assert entries_of_member(mall)[-1].explanation["usable_on"] == "2026-11-28"
    assert_explained(mall)


def test_an_order_of_a_customer_whom_nobody_is_linked_to_waits_and_is_credited_on_linking(
    mall: MemoryMall,
) -> None:
    shop = Shop(mall, CustomerRef(customer_id="207119551"))
    waits = Receipt("waiting_for_member", reason="customer-not-linked")
    assert shop.pays("A1", 10) == waits
    mall.clock.travel(minutes=1)
    assert shop.pays("A2", 20) == waits
    assert shop.pays("A1", 10) == waits, "told twice, it waits once"
    link(mall)
    receipts = credit_waiting(mall, "standard", "207119551")
    assert sorted(receipt.points for receipt in receipts) == [10, 20]
    assert available(mall) == 30
    assert credit_waiting(mall, "standard", "207119551") == []
    assert shop.pays("A1", 10).status == "duplicate"


def test_a_refund_of_an_order_that_still_waits_is_reckoned_when_it_is_credited(
    mall: MemoryMall,
) -> None:
    shop = Shop(mall, CustomerRef(customer_id="207119551"))
    shop.pays("A1", 10)
    assert shop.refunds("A1", 4).status == "noted"
    link(mall)
    credit_waiting(mall, "standard", "207119551")
    assert available(mall) == 6


def test_a_linked_customer_s_order_is_credited_at_once(mall: MemoryMall) -> None:
    link(mall)
    assert Shop(mall, CustomerRef(customer_id="207119551")).pays("A1", 10).status == "credited"
    assert available(mall) == 10


def test_a_customer_linked_in_that_very_moment_does_not_wait_for_ever(mall: MemoryMall) -> None:
    mall.store.before_next_commit(lambda: link(mall))
    receipt = Shop(mall, CustomerRef(customer_id="207119551")).pays("A1", 10)
    assert (receipt.status, available(mall)) == ("credited", 10)


def test_crediting_what_waited_that_stops_half_way_is_finished_by_the_next(
    mall: MemoryMall,
) -> None:
    shop = Shop(mall, CustomerRef(customer_id="207119551"))
    shop.pays("A1", 10)
    mall.clock.travel(minutes=1)
    shop.pays("A2", 20)
    link(mall)
    mall.store.lose_next_reply()
    with pytest.raises(Busy):
        credit_waiting(mall, "standard", "207119551")
    receipts = credit_waiting(mall, "standard", "207119551")
    assert [receipt.status for receipt in receipts] == ["duplicate", "credited"]
    assert available(mall) == 30


def test_an_order_is_credited_to_one_member_for_ever(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 10)
    assert replace(shop, customer=CustomerRef("wang")).pays("A1", 10).status == "duplicate"
    assert account_of(mall, "wang").version == 0


def test_news_that_says_nothing_new_leaves_nothing(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 10)
    older = shop.edits("A1", 99, minutes_later=-5)
    assert older == Receipt("noted", None, 0, "nothing-new")
    assert mall.ledger.entry(EntryKey("order:standard:A1", "update:2026")) is None
    assert len(entries_of_member(mall)) == 1
