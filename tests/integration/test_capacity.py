"""What each act costs: the emulator counts units as AWS does, so the budgets are exact.

A unit is a kilobyte written (in a transaction two), or four kilobytes read (half of it where a
moment old will do). Rows that grew past a kilobyte would show here first.
"""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from expiry.service import mature, settle
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.domain.adjustment import WaitingAdjustment
from loyalty.domain.audit import Operator
from loyalty.domain.campaign import Effect
from loyalty.domain.item import ItemKind, Limits, Review
from loyalty.domain.member import Member
from loyalty.domain.programme import Programme, ReturnWindow
from loyalty.domain.redemption import Verdict
from loyalty.domain.writes import AddCampaign, AddMember, ChangeAccount
from member.adjusting import Adjustment, adjust_points
from member.approving import Word, decide_adjustment
from member.rebuilding import rebuild_member
from member.reconciling import reconcile_member
from redeem.fulfil import fulfil
from redeem.review import conclude
from support.campaigning import TIERS, campaign
from support.counter import ADDRESS, Counter, fill_pool, put_on_shelf
from support.emulated import EmulatedMall
from support.shop import Shop

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]

BOSS = Operator("boss", "admin", "request-1")

WAITING_WEEK = Programme(
    version=2, rates=dict(ONE_YUAN_A_POINT.rates), return_window=ReturnWindow(days=7)
)


@pytest.fixture
def shop(emulated: EmulatedMall) -> Shop:
    """A shop whose customer has 3,000 points in the earliest lot, and 1,000 in a later one."""
    shop = Shop(emulated)
    shop.pays("first", 3_000)
    emulated.clock.travel(days=30)
    shop.pays("second", 1_000)
    return shop


@pytest.fixture
def counter(emulated: EmulatedMall, shop: Shop) -> Counter:
    """That customer at the counter, with the item on the shelf looked at before."""
    assert shop
    put_on_shelf(emulated, points=1_000, kind=ItemKind.PHYSICAL)
    emulated.catalog.item("itm_tea", at_least=0)
    return Counter(emulated)


def test_the_first_purchase_of_a_member_costs_six_units_in_one_request(
    emulated: EmulatedMall,
) -> None:
    with emulated.meter.bill() as bill:
        assert Shop(emulated).pays("A1", 118).points == 118
    assert bill.requests == [("TransactWriteItems", 6)]


@pytest.mark.parametrize("days", [0, 30], ids=["into the same lot", "into a new lot"])
def test_every_other_purchase_costs_five_units_in_one_request(
    emulated: EmulatedMall, days: int
) -> None:
    shop = Shop(emulated)
    shop.pays("A1", 118)
    emulated.clock.travel(days=days)
    with emulated.meter.bill() as bill:
        assert shop.pays("A2", 118).points == 118
    assert bill.requests == [("TransactWriteItems", 5)]


def test_a_purchase_that_has_to_wait_costs_eight_units(emulated: EmulatedMall) -> None:
    emulated.programmes.publish(WAITING_WEEK)
    shop = Shop(emulated)
    shop.pays("A1", 118)
    with emulated.meter.bill() as bill:
        shop.pays("A2", 118)
    assert bill.writes == [8]


LIN = Member("lin", datetime(2026, 11, 1, tzinfo=UTC), tier="silver")


def test_a_purchase_by_tier_reads_the_member_and_writes_no_more(emulated: EmulatedMall) -> None:
    emulated.programmes.publish(replace(ONE_YUAN_A_POINT, version=2, tiers=TIERS))
    emulated.store.commit([AddMember(LIN)])
    shop = Shop(emulated)
    shop.pays("A1", 100)
    with emulated.meter.bill() as bill:
        assert shop.pays("A2", 100).points == 150
    assert bill.requests == [("GetItem", 1), ("TransactWriteItems", 5)]


def test_a_campaign_costs_nothing_more_and_its_budget_and_each_cap_two_units(
    emulated: EmulatedMall,
) -> None:
    shop = Shop(emulated)
    steps: list[tuple[dict[str, Any], int]] = [
        ({}, 5),
        ({"budget": 100_000}, 7),
        ({"budget": 100_000, "per_member": 10_000}, 9),
    ]
    for place, (bounds, units) in enumerate(steps):
        made = campaign(f"cmp_{place}", Effect(bonus=500 + place), **bounds)
        emulated.store.commit([AddCampaign(made)])
        emulated.campaigns.forget()
        shop.pays(f"A{place}", 100)
        with emulated.meter.bill() as bill:
            assert shop.pays(f"B{place}", 100).points == 600 + place
        assert bill.requests == [("TransactWriteItems", units)]


def test_the_first_order_after_a_budget_s_end_looks_at_its_shards_and_the_next_at_nothing(
    emulated: EmulatedMall,
) -> None:
    emulated.store.commit([AddCampaign(campaign(budget=10_000))])
    emulated.campaigns.forget()
    shop = Shop(emulated)
    with emulated.meter.bill() as bill:
        assert shop.pays("A1", 20_000).points == 30_000
    assert [name for name, _ in bill.requests] == ["Query", "BatchGetItem", "TransactWriteItems"]
    with emulated.meter.bill() as bill:
        assert shop.pays("A2", 100).points == 100
    asked = [name for name, _ in bill.requests]
    assert asked == ["TransactWriteItems", "BatchGetItem", "TransactWriteItems"]
    with emulated.meter.bill() as bill:
        assert shop.pays("A3", 100).points == 100
    assert bill.requests == [("TransactWriteItems", 5)]


def test_a_webhook_told_twice_costs_no_more_than_the_first_time(emulated: EmulatedMall) -> None:
    shop = Shop(emulated)
    shop.pays("A0", 1)
    shop.pays("A1", 118)
    with emulated.meter.bill() as bill:
        assert shop.pays("A1", 118).status == "duplicate"
    assert bill.reads == []
    assert sum(bill.writes) <= 5


def test_a_refund_costs_seven_units(emulated: EmulatedMall, shop: Shop) -> None:
    with emulated.meter.bill() as bill:
        assert shop.refunds("second", 100).points == 100
    assert bill.writes == [7]


def test_a_balance_costs_half_a_unit(emulated: EmulatedMall, shop: Shop) -> None:
    assert shop
    with emulated.meter.bill() as bill:
        assert emulated.accounts.account("lin").available_on(date(2026, 12, 21)) == 4_000
    assert bill.requests == [("GetItem", 0.5)]


def test_a_plain_redemption_costs_half_a_unit_to_read_and_ten_to_write(
    emulated: EmulatedMall, counter: Counter
) -> None:
    with emulated.meter.bill() as bill:
        counter.redeem(delivery=ADDRESS)
    assert bill.requests == [("GetItem", 0.5), ("TransactWriteItems", 10)]


def test_a_redemption_that_uses_up_the_earliest_lot_costs_two_units_more(
    emulated: EmulatedMall, counter: Counter
) -> None:
    with emulated.meter.bill() as bill:
        counter.redeem(3, delivery=ADDRESS)
    assert bill.requests == [("GetItem", 0.5), ("TransactWriteItems", 12)]


def test_each_limit_of_an_item_costs_two_units_more(
    emulated: EmulatedMall, counter: Counter
) -> None:
    put_on_shelf(emulated, "itm_cup", points=1, limits=Limits(per_day=5, per_member=5))
    emulated.catalog.item("itm_cup", at_least=0)
    with emulated.meter.bill() as bill:
        counter.redeem(item_id="itm_cup")
    assert bill.writes == [14]


def test_a_redemption_that_is_reviewed_costs_no_more_than_a_plain_one(
    emulated: EmulatedMall, counter: Counter
) -> None:
    put_on_shelf(emulated, "itm_pot", points=1_000, review=Review.ALWAYS)
    emulated.catalog.item("itm_pot", at_least=0)
    with emulated.meter.bill() as bill:
        counter.redeem(item_id="itm_pot")
    assert bill.writes == [10]


def test_a_redemption_asked_for_twice_costs_no_more_than_the_first_time(
    emulated: EmulatedMall, counter: Counter
) -> None:
    first = counter.redeem(key="the-same-key", delivery=ADDRESS)
    with emulated.meter.bill() as bill:
        assert counter.redeem(key="the-same-key", delivery=ADDRESS) == first
    assert sum(bill.writes) <= 10


def test_a_redemption_that_is_cancelled_costs_ten_units(
    emulated: EmulatedMall, counter: Counter
) -> None:
    redeemed = counter.redeem(delivery=ADDRESS)
    with emulated.meter.bill() as bill:
        counter.cancel(redeemed)
    assert bill.writes == [10]


def test_a_lot_that_lapses_costs_seven_units_and_each_further_one_three(
    emulated: EmulatedMall, shop: Shop
) -> None:
    emulated.clock.travel(days=400)
    shop.pays("third", 10)
    with emulated.meter.bill() as bill:
        assert settle(emulated, "lin") == 2
    assert bill.writes == [4 + 2 * 3]


def test_points_that_become_usable_cost_nine_units(emulated: EmulatedMall) -> None:
    emulated.programmes.publish(WAITING_WEEK)
    Shop(emulated).pays("A1", 118)
    emulated.clock.travel(days=8)
    with emulated.meter.bill() as bill:
        assert mature(emulated, "lin", "standard", "A1") == 118
    assert bill.writes == [9]


def test_a_sweep_that_finds_nothing_reads_the_index_and_no_account(
    emulated: EmulatedMall, shop: Shop
) -> None:
    assert shop
    with emulated.meter.bill() as bill:
        assert list(emulated.accounts.due_to_lapse(date(2026, 12, 21))) == []
    assert {name for name, _ in bill.requests} == {"Query"}
    assert len(bill.requests) == 16


def test_a_code_costs_four_units_to_import_and_to_claim(
    emulated: EmulatedMall, counter: Counter
) -> None:
    put_on_shelf(emulated, "itm_card", points=1, kind=ItemKind.VIRTUAL)
    with emulated.meter.bill() as bill:
        fill_pool(emulated, "itm_card", "AAAA-1111", "BBBB-2222")
    assert bill.writes == [8]
    redeemed = counter.redeem(item_id="itm_card")
    with emulated.meter.bill() as bill:
        fulfil(emulated, redeemed.redemption_id)
    assert bill.writes == [7]


def test_a_review_costs_five_units_to_decide_and_eleven_to_conclude(
    emulated: EmulatedMall, counter: Counter
) -> None:
    put_on_shelf(emulated, "itm_pot", points=1_000, review=Review.ALWAYS)
    waiting = counter.redeem(item_id="itm_pot")
    with emulated.meter.bill() as bill:
        counter.decide(waiting, Verdict.APPROVE)
    assert bill.writes == [5]
    with emulated.meter.bill() as bill:
        conclude(emulated, waiting.redemption_id)
    assert bill.writes == [11]


def test_comparing_an_account_costs_a_unit_and_a_half_to_read_and_five_to_rebuild(
    emulated: EmulatedMall, shop: Shop
) -> None:
    assert shop
    with emulated.meter.bill() as bill:
        assert not reconcile_member(emulated, "lin").differences
    assert bill.requests == [("Query", 1), ("Query", 0.5)]
    account = emulated.accounts.account("lin")
    emulated.store.commit([ChangeAccount(account, replace(account, debt=5))])
    with emulated.meter.bill() as bill:
        assert not rebuild_member(emulated, BOSS, "key-00001", "lin", "it differs").differences
    assert bill.writes == [5]


def test_a_large_adjustment_costs_seven_units_to_ask_for_and_fourteen_to_approve(
    emulated: EmulatedMall, shop: Shop
) -> None:
    assert shop
    asked = Adjustment(100_001, "a migration", date(2027, 12, 31))
    with emulated.meter.bill() as bill:
        waiting = adjust_points(emulated, BOSS, "key-00001", "lin", asked)
    assert isinstance(waiting, WaitingAdjustment)
    assert bill.writes == [7]
    word = Word(Verdict.APPROVE, "checked", "key-00001")
    with emulated.meter.bill() as bill:
        decide_adjustment(emulated, replace(BOSS, subject="other"), waiting.adjustment_id, word)
    assert bill.writes == [14]
