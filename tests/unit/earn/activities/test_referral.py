"""What a friend's purchases bring both sides, and take back."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from earn.activities.bringing import say_who_brought, show_referral
from earn.activities.purchases import OF_POINTS, settle_order
from expiry.service import mature
from loyalty.adapters.memory import MemoryMall
from loyalty.domain import acts
from loyalty.domain.changes import events_of
from loyalty.domain.entry import Circumstances, EntryKey
from loyalty.domain.errors import Busy
from loyalty.domain.events import Event, EventName
from loyalty.domain.orders import CustomerRef
from loyalty.domain.programme import ReturnWindow
from loyalty.domain.referral import BondStatus, ReferralRules
from loyalty.joining import member_of
from loyalty.posting import changes
from support.http import Http
from support.shop import Shop
from unit.earn.activities.conftest import PROGRAMME

PATH, LIN, MEI, TAO = "/v1/me/referral", "lin", "mei-0001", "tao-0001"
RULES = ReferralRules(500, 300, within_days=7, minimum=Decimal(50), per_month=1, total=2)
TODAY = date(2026, 11, 21)
KEYS = (f"key-{number:05}" for number in range(10_000))


@pytest.fixture(autouse=True)
def rules(mall: MemoryMall) -> None:
    mall.programmes.publish(replace(PROGRAMME, version=2, referral=RULES))


@pytest.fixture
def shop(mall: MemoryMall) -> Shop:
    """Where mei buys, who was brought by lin."""
    bring(mall, MEI)
    return Shop(mall, CustomerRef(MEI))


def bring(mall: MemoryMall, friend: str, referrer: str = LIN) -> None:
    member_of(mall, friend)
    code = show_referral(mall, referrer).referrer.code
    say_who_brought(mall, friend, next(KEYS), code)


def news(mall: MemoryMall, member_id: str = MEI) -> list[Event]:
    """Everything that the bus tells of a member's points, oldest first."""
    entries = reversed(mall.ledger.statement(member_id, limit=100).items)
    told = [event for entry in entries for event in events_of(entry)]
    return [event for event in told if event.name in OF_POINTS]


def tell(mall: MemoryMall, member_id: str = MEI) -> None:
    """Let the queue hear all of it, again and again."""
    for event in news(mall, member_id):
        settle_order(mall, event)


def points(mall: MemoryMall, member_id: str) -> int:
    return mall.accounts.account(member_id).available_on(TODAY)


def gains(mall: MemoryMall) -> tuple[int, int]:
    """What mei and lin have, but for mei's own purchases."""
    earned = sum(
        entry.points
        for entry in mall.ledger.statement(MEI, limit=100).items
        if entry.key.partition.startswith("order:")
    )
    return points(mall, MEI) - earned, points(mall, LIN)


def test_both_sides_earn_with_the_friends_first_real_purchase(
    http: Http, mall: MemoryMall, shop: Shop
) -> None:
    shop.pays("A1", 80)
    tell(mall)
    assert gains(mall) == (500, 300)
    shown = http.get(PATH, user=LIN).body
    assert (shown["earned"], shown["friends"][0]["status"], shown["friends"][0]["points"]) == (
        300,
        "rewarded",
        300,
    )
    shop.pays("A2", 80)
    tell(mall)
    tell(mall)
    assert gains(mall) == (500, 300)


def test_a_purchase_worth_too_little_is_not_the_one(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 49)
    tell(mall)
    assert gains(mall) == (0, 0)
    shop.pays("A2", 50)
    tell(mall)
    assert gains(mall) == (500, 300)


def test_a_purchase_from_before_is_not_the_one(mall: MemoryMall) -> None:
    shop = Shop(mall, CustomerRef(MEI))
    shop.pays("A1", 80)
    mall.clock.travel(seconds=1)
    bring(mall, MEI)
    tell(mall)
    assert gains(mall) == (0, 0)


def test_a_refund_takes_it_back_from_both_and_the_next_purchase_gives_it_anew(
    mall: MemoryMall, shop: Shop
) -> None:
    shop.pays("A1", 80)
    tell(mall)
    shop.refunds("A1", 20)
    tell(mall)
    assert gains(mall) == (500, 300)
    shop.refunds("A1", 20, "R2")
    tell(mall)
    assert gains(mall) == (0, 0)
    assert mall.activities.referrer(LIN).points == 0
    mall.clock.travel(days=20)
    shop.pays("A2", 80)
    tell(mall)
    assert gains(mall) == (500, 300)
    shop.cancels("A2")
    tell(mall)
    assert gains(mall) == (0, 0)


def test_points_that_were_spent_meanwhile_are_owed(mall: MemoryMall, shop: Shop) -> None:

    shop.pays("A1", 80)
    tell(mall)
    account, now = mall.accounts.account(LIN), mall.clock.now()
    spent, _ = acts.spend(account, TODAY, 250)
    why = Circumstances(now, now, "test", "lin")
    mall.store.commit(changes(account, spent, EntryKey("member:lin", "spent"), why))
    shop.cancels("A1")
    tell(mall)
    after = mall.accounts.account(LIN)
    assert (points(mall, LIN), after.debt) == (0, 250)


def test_the_reward_waits_for_the_return_window(mall: MemoryMall) -> None:
    waiting = replace(PROGRAMME, version=3, referral=RULES, return_window=ReturnWindow(days=7))
    mall.programmes.publish(waiting)
    bring(mall, MEI)
    Shop(mall, CustomerRef(MEI)).pays("A1", 80)
    tell(mall)
    assert gains(mall) == (0, 0)
    mall.clock.travel(days=7)

    mature(mall, MEI, "standard", "A1")
    tell(mall)
    assert gains(mall) == (500, 300)


def test_one_member_earns_with_so_many_friends_and_the_friends_all_the_same(
    mall: MemoryMall,
) -> None:
    for number, friend in enumerate(["f-1", "f-2", "f-3", "f-4"]):
        bring(mall, friend)
        Shop(mall, CustomerRef(friend)).pays(f"B{number}", 80)
        tell(mall, friend)
        if number:
            mall.clock.travel(days=31)
    assert [points(mall, f"f-{n}") for n in (1, 2, 3, 4)] == [580] * 4
    assert points(mall, LIN) == 600


def act(shop: Shop, name: str) -> None:
    match name:
        case "pays":
            shop.pays("A1", 80)
        case "refunds":
            shop.refunds("A1", 80)
        case "pays more":
            shop.pays("A2", 90)


@pytest.mark.parametrize("order", list(permutations(["pays", "refunds", "pays more"])))
def test_whatever_the_order_of_news_and_of_their_telling_the_reward_is_the_same(
    mall: MemoryMall, shop: Shop, order: tuple[str, ...]
) -> None:
    """Told in order and in reverse, once and twice, after each piece of news."""
    for name in order:
        act(shop, name)
        for event in [*reversed(news(mall)), *news(mall)]:
            settle_order(mall, event)
    assert gains(mall) == (500, 300)
    bond = mall.activities.bond(MEI)
    assert bond and (bond.status, bond.order_id) == (BondStatus.REWARDED, "A2")


def test_another_purchase_steps_in_when_the_first_one_falls(mall: MemoryMall, shop: Shop) -> None:
    """Each piece of news is told once, in its order."""
    told = 0
    for name in ("pays", "pays more", "refunds"):
        mall.clock.travel(seconds=1)
        act(shop, name)
        for event in news(mall)[told:]:
            settle_order(mall, event)
            told += 1
    assert gains(mall) == (500, 300)
    bond = mall.activities.bond(MEI)
    assert bond and (bond.status, bond.order_id) == (BondStatus.REWARDED, "A2")


def test_a_refund_in_the_same_moment_is_seen(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 80)
    mall.store.before_next_commit(lambda: shop.refunds("A1", 80))
    (event,) = news(mall)
    assert not settle_order(mall, event)
    tell(mall)
    assert gains(mall) == (0, 0)


def test_an_answer_that_is_lost_rewards_once(mall: MemoryMall, shop: Shop) -> None:

    shop.pays("A1", 80)
    mall.store.lose_next_reply()
    with pytest.raises(Busy):
        tell(mall)
    tell(mall)
    assert gains(mall) == (500, 300)


def test_other_news_of_points_changes_nothing(mall: MemoryMall) -> None:
    now = mall.clock.now()
    facts: dict[str, Any] = {"member_id": MEI, "reason": "check-in", "reference": None}
    event = Event(EventName.POINTS_EARNED, "member:mei/check-in", now, now, facts)
    assert not settle_order(mall, event)
