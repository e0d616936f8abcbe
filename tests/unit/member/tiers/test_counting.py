"""What orders and tasks count: once each, whatever is told, how often and in which order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import permutations

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.errors import Busy
from loyalty.domain.orders import CustomerRef
from loyalty.domain.tier import TierBasis
from loyalty.domain.tier_count import TierCount
from loyalty.domain.writes import SaveTierCount
from member.tiers.counting import count_order, count_task
from support.books import available, on_day
from support.shop import Shop


@pytest.fixture
def shop(mall: MemoryMall) -> Shop:
    return Shop(mall)


def money(mall: MemoryMall, member_id: str = "lin") -> dict[str, Decimal]:
    return dict(mall.tiers.count(member_id).money.months)


def tier(mall: MemoryMall) -> str | None:
    member = mall.members.member("lin")
    assert member is not None
    return member.tier


def test_an_order_counts_once_however_often_it_is_told(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", "118.50")
    assert [count_order(mall, "standard", "A1") for _ in range(3)] == [True, False, False]
    assert money(mall) == {"2026-11": Decimal("118.50")}


def test_what_is_not_paid_yet_counts_nothing(mall: MemoryMall, shop: Shop) -> None:
    assert not count_order(mall, "standard", "A1")
    shop.refunds("A1", 10)
    assert not count_order(mall, "standard", "A1")
    shop.pays("A1", 100)
    assert count_order(mall, "standard", "A1")
    assert money(mall) == {"2026-11": Decimal(90)}


def test_money_counts_where_points_were_none(mall: MemoryMall) -> None:
    Shop(mall, currency="USD").pays("A1", 100)
    assert count_order(mall, "standard", "A1")
    assert (available(mall), money(mall)) == (0, {"2026-11": Decimal(700)})


def test_money_that_no_tier_knows_counts_nothing(mall: MemoryMall) -> None:
    Shop(mall, currency="JPY").pays("A1", 100)
    count_order(mall, "standard", "A1")
    assert money(mall) == {}


def test_an_order_counts_in_the_month_of_its_payment_in_the_programmes_zone(
    mall: MemoryMall, shop: Shop
) -> None:
    shop.pays("A1", 10, paid_at=datetime(2026, 10, 31, 15, 59, tzinfo=UTC))
    shop.pays("A2", 20, paid_at=datetime(2026, 10, 31, 16, 0, tzinfo=UTC))
    for order in ("A1", "A2"):
        count_order(mall, "standard", order)
    assert money(mall) == {"2026-10": Decimal(10), "2026-11": Decimal(20)}


def test_a_payment_dated_in_the_future_counts_now(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 10, paid_at=datetime(2027, 5, 1, tzinfo=UTC))
    count_order(mall, "standard", "A1")
    assert money(mall) == {"2026-11": Decimal(10)}


def test_a_refund_lowers_the_month_of_its_order_and_a_cancellation_takes_all(
    mall: MemoryMall, shop: Shop
) -> None:
    shop.pays("A1", 100)
    shop.pays("A2", 50)
    on_day(mall, date(2027, 2, 3))
    shop.refunds("A1", 30)
    shop.cancels("A2")
    for order in ("A1", "A2"):
        count_order(mall, "standard", order)
    assert money(mall) == {"2026-11": Decimal(70)}


def test_more_refunds_than_money_take_no_more_than_all(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 100)
    shop.refunds("A1", 80, "R1")
    shop.refunds("A1", 80, "R2")
    count_order(mall, "standard", "A1")
    assert money(mall) == {}


def test_news_counted_in_any_order_end_alike(mall: MemoryMall, shop: Shop) -> None:
    acts: list[Callable[[str], object]] = [
        lambda order: shop.pays(order, 100),
        lambda order: shop.refunds(order, 25),
        lambda order: count_order(mall, "standard", order),
        lambda order: count_order(mall, "standard", order),
    ]
    for number, way in enumerate(permutations(acts)):
        before = sum(money(mall).values())
        for act in way:
            act(f"A{number}")
        count_order(mall, "standard", f"A{number}")
        assert sum(money(mall).values()) == before + 75


def test_two_deliveries_at_once_count_once(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 100)
    mall.store.before_next_commit(lambda: count_order(mall, "standard", "A1"))
    assert not count_order(mall, "standard", "A1")
    assert money(mall) == {"2026-11": Decimal(100)}


def test_two_orders_at_once_both_count(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 100)
    shop.pays("A2", 10)
    mall.store.before_next_commit(lambda: count_order(mall, "standard", "A2"))
    assert count_order(mall, "standard", "A1")
    assert money(mall) == {"2026-11": Decimal(110)}


def test_a_lost_reply_counts_once(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 100)
    mall.store.lose_next_reply()
    with pytest.raises(Busy):
        count_order(mall, "standard", "A1")
    assert not count_order(mall, "standard", "A1")
    assert money(mall) == {"2026-11": Decimal(100)}


def test_who_counts_enough_rises_at_once(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 999)
    count_order(mall, "standard", "A1")
    assert tier(mall) is None
    shop.pays("A2", 1)
    count_order(mall, "standard", "A2")
    member = mall.members.member("lin")
    assert member is not None
    assert (member.tier, member.tier_since, member.rose_at) == (
        "silver",
        mall.clock.now(),
        mall.clock.now(),
    )
    (step,) = mall.tiers.steps("lin")
    assert (step.kind, step.former, step.tier) == ("risen", "regular", "silver")
    assert mall.tiers.count("lin").assess_on == date(2026, 12, 1)


def test_a_refund_takes_no_tier_away_at_once(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 5_000)
    count_order(mall, "standard", "A1")
    shop.refunds("A1", 4_990)
    count_order(mall, "standard", "A1")
    assert (tier(mall), money(mall)) == ("gold", {"2026-11": Decimal(10)})


def test_who_has_no_profile_is_counted_and_rises_on_coming(mall: MemoryMall) -> None:
    Shop(mall, CustomerRef("wang")).pays("A1", 1_000)
    count_order(mall, "standard", "A1")
    assert money(mall, "wang") == {"2026-11": Decimal(1_000)}
    assert (mall.members.member("wang"), mall.tiers.steps("wang")) == (None, [])


def test_a_task_counts_points_and_no_money(mall: MemoryMall) -> None:
    task = ("lin", "member:lin/task:share:1", 20, mall.clock.now())
    assert [count_task(mall, *task), count_task(mall, *task)] == [True, False]
    count = mall.tiers.count("lin")
    assert dict(count.points.months) == {"2026-11": Decimal(20)}
    assert not count.money.months


def test_points_are_what_counts_where_the_programme_says_so(mall: MemoryMall, shop: Shop) -> None:
    live = mall.programmes.live()
    assert live.tiers is not None
    by_points = replace(live.tiers, basis=TierBasis.POINTS, currencies={})
    mall.programmes.publish(replace(live, tiers=by_points, version=live.version + 1))
    shop.pays("A1", 990)
    count_order(mall, "standard", "A1")
    assert tier(mall) is None
    count_task(mall, "lin", "member:lin/task:share:1", 10, mall.clock.now())
    assert tier(mall) == "silver"


def test_without_tiers_nothing_is_counted(mall: MemoryMall, shop: Shop) -> None:
    live = mall.programmes.live()
    mall.programmes.publish(replace(live, tiers=None, version=live.version + 1))
    shop.pays("A1", 5_000)
    assert not count_order(mall, "standard", "A1")
    assert mall.tiers.count("lin") == TierCount("lin")


def test_old_months_are_folded_and_still_refunded(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 300)
    count_order(mall, "standard", "A1")
    on_day(mall, date(2030, 6, 1))
    shop.refunds("A1", 100)
    count_order(mall, "standard", "A1")
    tally = mall.tiers.count("lin").money
    assert (dict(tally.months), tally.earlier) == ({}, Decimal(200))


def test_counts_of_somebody_else_are_not_overwritten(mall: MemoryMall) -> None:
    mall.store.commit([SaveTierCount(TierCount("wang", version=1))])
    Shop(mall, CustomerRef("wang")).pays("A1", 10)
    count_order(mall, "standard", "A1")
    assert mall.tiers.count("wang").version == 2
