"""Budgets, caps and the year's one birthday bound what real orders earn, and edits never add."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.birthday import BirthdayRules
from loyalty.domain.campaign import Campaign, Effect
from loyalty.domain.campaign_reach import Audience
from loyalty.domain.entry import Entry
from loyalty.domain.errors import Busy
from loyalty.domain.member import Member
from loyalty.domain.orders import CustomerRef
from loyalty.domain.programme import Programme
from loyalty.domain.rates import Caps
from loyalty.domain.writes import AddCampaign, AddMember, ChangeAccount, ChangeMember
from support.campaigning import NOON, TIERS, YUAN, campaign
from support.shop import Shop

JOINED = datetime(2026, 11, 1, tzinfo=UTC)
LIN = Member("lin", JOINED, birthday=date(1990, 11, 21), tags=("vip",), tier="silver")


def mall_with(*campaigns: Campaign, **rules: Any) -> MemoryMall:
    mall = MemoryMall(replace(YUAN, **rules))
    mall.store.commit([AddMember(LIN), *map(AddCampaign, campaigns)])
    return mall


def entry_of(mall: MemoryMall, order_id: str, fact: str = "paid") -> Entry:
    entries = mall.ledger.statement("lin", limit=100).items
    return next(it for it in entries if it.reference == order_id and it.key.fact.startswith(fact))


def available(mall: MemoryMall) -> int:
    return mall.accounts.account("lin").available_on(date(2026, 11, 21))


def test_a_budget_is_given_to_its_last_point_and_then_no_more() -> None:
    mall = mall_with(campaign(budget=250))
    shop = Shop(mall)
    earned = [shop.pays(f"A{n}", 100).points for n in range(4)]
    assert earned == [200, 200, 150, 100]
    assert entry_of(mall, "A2").explanation["campaigns"] == [
        {"id": "cmp_1", "points": 50, "wanted": 100}
    ]
    assert sum(mall.campaigns.drawn(campaign()).values()) == 250


def test_one_order_may_take_a_whole_budget_of_many_shares() -> None:
    running = campaign(budget=10_000)
    mall = mall_with(running)
    shop = Shop(mall)
    assert [shop.pays(f"A{n}", 6_000).points for n in range(3)] == [12_000, 10_000, 6_000]
    assert sum(mall.campaigns.drawn(running).values()) == 10_000


def test_what_is_left_in_many_shards_is_gathered() -> None:
    running = campaign(budget=1_000)
    mall = mall_with(running)
    for n in range(60):
        Shop(mall, CustomerRef(f"member-{n}")).pays(f"A{n}", 19)
    given = sum(mall.campaigns.drawn(running).values())
    assert given == 1_000
    today = date(2026, 11, 21)
    accounts = [mall.accounts.account(f"member-{n}") for n in range(60)]
    assert sum(it.available_on(today) for it in accounts) == 60 * 19 + 1_000


def test_a_member_s_cap_is_each_member_s_own() -> None:
    mall = mall_with(campaign(per_member=150))
    assert [Shop(mall).pays(f"A{n}", 100).points for n in range(3)] == [200, 150, 100]
    assert Shop(mall, CustomerRef("wang")).pays("B1", 100).points == 200


def test_a_day_s_cap_holds_for_all_orders_of_the_day_of_payment() -> None:
    mall = mall_with(caps=Caps(per_member_and_day=150))
    shop = Shop(mall)
    assert [shop.pays(f"A{n}", 100).points for n in range(3)] == [100, 50, 0]
    assert entry_of(mall, "A2").explanation["why_none"] == "day-cap-reached"
    yesterday = NOON - timedelta(days=1)
    assert shop.pays("A4", 100, paid_at=yesterday).points == 100
    assert Shop(mall, CustomerRef("wang")).pays("B1", 400).points == 150


BIRTHDAY = BirthdayRules()


def test_a_birthday_doubles_all_day_and_only_that_day() -> None:
    mall = mall_with(birthday=BIRTHDAY)
    shop = Shop(mall)
    days = (-1, 0, 0, 1, 365)
    points = []
    for place, day in enumerate(days):
        paid_at = NOON + timedelta(days=day)
        mall.clock.set(max(NOON, paid_at))
        points.append(shop.pays(f"A{place}", 10, paid_at=paid_at).points)
    assert points == [10, 20, 20, 10, 20]


def test_who_changes_the_birthday_does_not_have_it_twice_a_year() -> None:
    mall = mall_with(birthday=BIRTHDAY)
    shop = Shop(mall)
    assert shop.pays("A1", 10).points == 20
    mall.store.commit([ChangeMember(LIN.changed(birthday=date(1990, 11, 22)))])
    mall.clock.travel(days=1)
    assert shop.pays("A2", 10).points == 10
    assert "member" in entry_of(mall, "A2").explanation
    mall.clock.travel(days=365)
    assert shop.pays("A3", 10).points == 20


def test_a_birthday_that_nothing_was_earned_on_may_be_corrected() -> None:
    mall = mall_with(birthday=BIRTHDAY)
    mall.store.commit([ChangeMember(LIN.changed(birthday=date(1990, 11, 22)))])
    mall.clock.travel(days=1)
    assert Shop(mall).pays("A1", 10).points == 20


def test_the_profile_is_read_only_where_a_rule_asks_for_it() -> None:
    plain = mall_with(campaign())
    Shop(plain).pays("A1", 10)
    assert "member" not in entry_of(plain, "A1").explanation
    for mall in (
        mall_with(tiers=TIERS),
        mall_with(birthday=BIRTHDAY),
        mall_with(campaign(audience=Audience(tags=("vip",)))),
    ):
        Shop(mall).pays("A1", 10)
        assert entry_of(mall, "A1").explanation["member"] == {
            "tier": "silver",
            "joined_on": "2026-11-01",
            "tags": ["vip"],
            "birthday": True,
        }


def test_a_refund_claws_back_by_its_share_and_never_more_than_was_given() -> None:
    mall = mall_with(campaign(budget=250), tiers=TIERS, birthday=BIRTHDAY)
    shop = Shop(mall)
    assert shop.pays("A1", 100).points == 300 + 250
    assert shop.refunds("A1", 50, "R1").points == 275
    assert shop.refunds("A1", 50, "R2").points == 275
    assert shop.refunds("A1", 50, "R3").points == 0
    assert (available(mall), sum(mall.campaigns.drawn(campaign(budget=250)).values())) == (0, 250)


def test_a_budget_that_was_clawed_back_is_not_given_again() -> None:
    mall = mall_with(campaign(budget=100))
    shop = Shop(mall)
    shop.pays("A1", 100)
    shop.cancels("A1")
    assert shop.pays("A2", 100).points == 100


def test_an_edit_is_reckoned_by_what_the_payment_found() -> None:
    mall = mall_with(campaign(), tiers=TIERS, birthday=BIRTHDAY)
    shop = Shop(mall)
    shop.pays("A1", 100)
    later = LIN.changed(tier="gold", birthday=None)
    mall.store.commit([ChangeMember(later)])
    mall.clock.travel(days=200)
    assert shop.edits("A1", 110, paid_at=NOON).points == 60
    assert available(mall) == 110 * 6


@pytest.mark.parametrize("bound", [{"budget": 250}, {"per_member": 250}])
def test_what_is_counted_never_grows_by_an_edit(bound: dict[str, Any]) -> None:
    mall = mall_with(campaign(**bound))
    shop = Shop(mall)
    shop.pays("A1", 100)
    assert shop.edits("A1", 150).points == 50
    assert shop.edits("A1", 40, minutes_later=2).points == 250 - 80
    assert shop.edits("A1", 100, minutes_later=3).points == 120


def test_a_day_s_cap_is_not_passed_by_an_edit() -> None:
    mall = mall_with(caps=Caps(per_member_and_day=150))
    shop = Shop(mall)
    shop.pays("A1", 100)
    shop.edits("A1", 400)
    assert available(mall) == 100


def test_an_early_edit_has_what_the_payment_has_once_that_has_come() -> None:
    mall = mall_with(campaign(budget=70), tiers=TIERS)
    shop = Shop(mall)
    shop.edits("A1", 40)
    assert shop.pays("A1", 100).points == 60 + 60
    late = mall_with(campaign(budget=70), tiers=TIERS)
    Shop(late).pays("A1", 100)
    Shop(late).edits("A1", 40)
    assert available(mall) == available(late) == 120


def test_a_repetition_draws_nothing_a_second_time() -> None:
    running = campaign(budget=250, per_member=240)
    mall = mall_with(running)
    shop = Shop(mall)
    mall.store.lose_next_reply()
    with pytest.raises(Busy):
        shop.pays("A1", 100)
    again = shop.pays("A1", 100)
    assert (again.status, again.points) == ("duplicate", 200)
    assert sum(mall.campaigns.drawn(running).values()) == 100
    assert mall.campaigns.given("lin", "cmp_1") == 100


def test_points_that_wait_for_their_window_are_counted_too() -> None:
    window = Programme(version=1).return_window
    mall = mall_with(campaign(budget=130), return_window=replace(window, days=7))
    shop = Shop(mall)
    assert [shop.pays(f"A{n}", 100).points for n in range(2)] == [200, 130]
    assert mall.accounts.account("lin").pending == 330


def test_a_debt_is_repaid_with_counted_points_too() -> None:
    mall = mall_with(campaign(budget=130))
    account = mall.accounts.account("lin")
    mall.store.commit([ChangeAccount(account, replace(account, debt=50))])
    assert [Shop(mall).pays(f"A{n}", 100).points for n in range(2)] == [200, 130]
    assert available(mall) == 280
    assert sum(mall.campaigns.drawn(campaign(budget=130)).values()) == 130


def test_somebody_else_may_draw_between_reckoning_and_crediting() -> None:
    running = campaign(budget=250)
    mall = mall_with(running)
    rival = Shop(mall, CustomerRef("wang"))
    mall.store.before_next_commit(lambda: rival.pays("B1", 200))
    assert Shop(mall).pays("A1", 100).points == 150
    assert sum(mall.campaigns.drawn(running).values()) == 250


def test_of_two_that_do_not_stack_the_next_takes_over_when_the_first_is_used_up() -> None:
    mall = mall_with(campaign("a", budget=100), campaign("b", Effect(bonus=30)))
    shop = Shop(mall)
    assert [shop.pays(f"A{n}", 100).points for n in range(2)] == [200, 130]
    assert Decimal(str(entry_of(mall, "A1").explanation["exact"])) == 230
