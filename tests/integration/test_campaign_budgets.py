"""A budget really stops, whoever draws at once, and no row of it is every order's."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from earn.replaying import replayed
from earn.service import Receipt
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.domain.birthday import BirthdayRules
from loyalty.domain.budget import shards_of, share_of
from loyalty.domain.campaign import Campaign, Effect
from loyalty.domain.campaign_reach import Audience
from loyalty.domain.member import Member
from loyalty.domain.orders import CustomerRef
from loyalty.domain.writes import AddCampaign, AddMember, ChangeMember
from support.campaigning import TIERS, campaign
from support.emulated import EmulatedMall
from support.shop import Shop

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]

TELLERS = 16
MEMBERS = 40


def rush(mall: EmulatedMall, orders: int, yuan: int = 1) -> list[Receipt]:
    """Let a shop's members pay for many orders at once."""

    def pay(number: int) -> Receipt:
        shop = Shop(mall, CustomerRef(f"member-{number % MEMBERS}"))
        return shop.pays(f"A{number}", yuan)

    with ThreadPoolExecutor(TELLERS) as tellers:
        return list(tellers.map(pay, range(orders)))


def running(mall: EmulatedMall, **terms: Any) -> Campaign:
    """Put a campaign in force."""
    made = campaign("cmp_rush", Effect(bonus=7), **terms)
    mall.store.commit([AddCampaign(made)])
    mall.campaigns.forget()
    return made


def bonuses(receipts: list[Receipt]) -> int:
    """Return what orders of one yuan got on top of their one point."""
    return sum(receipt.points - 1 for receipt in receipts)


def test_many_orders_at_once_take_a_budget_to_its_last_point_and_no_further(
    emulated: EmulatedMall,
) -> None:
    made = running(emulated, budget=2_000)
    receipts = rush(emulated, 400)
    drawn = emulated.campaigns.drawn(made)
    balances = [
        emulated.accounts.account(f"member-{n}").available_on(emulated.clock.now().date())
        for n in range(MEMBERS)
    ]

    assert {receipt.status for receipt in receipts} == {"credited"}
    assert bonuses(receipts) == sum(drawn.values()) == 2_000
    assert sum(balances) == 2_000 + 400
    assert sorted({receipt.points - 1 for receipt in receipts}) == [0, 2_000 % 7, 7]
    assert emulated.campaigns.is_known_empty(made)


def test_no_shard_gives_more_than_its_share_and_all_of_them_are_drawn_from(
    emulated: EmulatedMall,
) -> None:
    made = running(emulated, budget=8_000)
    rush(emulated, 200)
    drawn = emulated.campaigns.drawn(made)
    assert len(drawn) == shards_of(8_000) == 16
    assert all(points <= share_of(8_000, shard) for shard, points in drawn.items())
    assert max(drawn.values()) < sum(drawn.values()) / 5


def test_one_member_s_orders_at_once_stay_within_the_member_s_cap(emulated: EmulatedMall) -> None:
    running(emulated, per_member=30)
    shop = Shop(emulated)
    with ThreadPoolExecutor(8) as tellers:
        receipts = list(tellers.map(lambda number: shop.pays(f"A{number}", 1), range(12)))
    assert bonuses(receipts) == 30
    assert emulated.campaigns.given("lin", "cmp_rush") == 30


def test_an_early_edit_and_a_birthday_are_what_they_are_in_the_real_store(
    emulated: EmulatedMall,
) -> None:
    noon = emulated.clock.now()
    lin = Member("lin", noon, birthday=date(1990, 11, 21), tier="silver", tags=("vip",))
    rules = replace(ONE_YUAN_A_POINT, version=2, tiers=TIERS, birthday=BirthdayRules())
    emulated.programmes.publish(rules)
    emulated.store.commit([AddMember(lin)])
    running(emulated, budget=1_000, audience=Audience(tags=("vip",)))
    shop = Shop(emulated)
    shop.edits("A1", 40)
    assert shop.pays("A1", 100).points == 40 * 3 + 7
    assert shop.edits("A1", 60, minutes_later=2).points == 20 * 3
    assert shop.refunds("A1", 30).points == (60 * 3 + 7) // 2

    emulated.store.commit([ChangeMember(lin.changed(birthday=date(1990, 11, 22)))])
    emulated.clock.travel(days=1)
    assert shop.pays("A2", 100).points == 150 + 7
    (entry,) = emulated.ledger.statement("lin", limit=1).items
    assert replayed(entry, rules, emulated.campaigns.in_play(date(2026, 11, 21))).explanation == {
        **entry.explanation,
        "base": "100",
    }
