"""What tiers cost: an order more in the queue, and members only when something is due."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.domain.errors import Busy
from loyalty.domain.member import Member
from loyalty.domain.tier import Tier, TierRules
from loyalty.domain.tier_count import TierCount
from loyalty.domain.writes import AddMember, SaveTierCount
from member.tiers.counting import count_order
from member.tiers.progress import show_myself
from member.tiers.standing import assess_member
from member.tiers.sweeping import queue_due
from support.emulated import EmulatedMall
from support.shop import Shop

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]

RULES = TierRules(
    tiers=(
        Tier("regular", {"zh": "普通会员", "en": "Regular"}, Decimal(0)),
        Tier("silver", {"zh": "银卡会员", "en": "Silver"}, Decimal(1_000), Decimal("1.5")),
    ),
    currencies={"CNY": Decimal(1)},
)


@pytest.fixture
def shop(emulated: EmulatedMall) -> Shop:
    """A shop of a mall with tiers, whose customer has an order counted."""
    emulated.programmes.publish(replace(ONE_YUAN_A_POINT, tiers=RULES, version=2))
    emulated.store.commit([AddMember(Member("lin", emulated.clock.now(), "Lin"))])
    shop = Shop(emulated)
    shop.pays("first", 10)
    count_order(emulated, "standard", "first")
    return shop


def written_counting(emulated: EmulatedMall, order_id: str) -> tuple[Sequence[float], float]:
    """Count an order: the units of each write, and of all reads."""
    emulated.programmes.live()
    with emulated.meter.bill() as bill:
        count_order(emulated, "standard", order_id)
    return bill.writes, sum(bill.reads)


def test_an_order_that_counts_costs_four_units(emulated: EmulatedMall, shop: Shop) -> None:
    shop.pays("A1", 100)
    assert written_counting(emulated, "A1") == ([4], 5)


def test_an_order_told_again_costs_no_write(emulated: EmulatedMall, shop: Shop) -> None:
    shop.pays("A1", 100)
    count_order(emulated, "standard", "A1")
    assert written_counting(emulated, "A1") == ([], 3)


def test_a_rise_costs_thirteen_units(emulated: EmulatedMall, shop: Shop) -> None:
    shop.pays("A1", 2_000)
    writes, _ = written_counting(emulated, "A1")
    assert writes == [13]


def test_an_order_of_somebody_who_has_risen_costs_no_more(
    emulated: EmulatedMall, shop: Shop
) -> None:
    for number in range(2):
        shop.pays(f"A{number}", 2_000)
        writes, _ = written_counting(emulated, f"A{number}")
    assert writes == [4]


def test_a_warning_costs_six_units(emulated: EmulatedMall, shop: Shop) -> None:
    shop.pays("A1", 1_000)
    count_order(emulated, "standard", "A1")
    shop.refunds("A1", 500)
    count_order(emulated, "standard", "A1")
    emulated.clock.travel(days=20)
    emulated.programmes.live()
    with emulated.meter.bill() as bill:
        assert assess_member(emulated, "lin")
    assert bill.writes == [6]


def test_a_sweep_costs_what_is_due_and_not_what_there_is(
    emulated: EmulatedMall, shop: Shop
) -> None:
    assert shop
    today = emulated.clock.now().date()
    for number in range(120):
        due = today if number < 3 else today + timedelta(days=200)
        count = TierCount(f"member-{number}", assess_on=due, version=1)
        emulated.store.commit([SaveTierCount(count)])
    emulated.programmes.live()
    with emulated.meter.bill() as bill:
        assert queue_due(emulated) == 3
    assert (bill.writes, sum(bill.reads)) == ([], 8)


def test_a_profile_with_its_progress_costs_two_units(emulated: EmulatedMall, shop: Shop) -> None:
    assert shop
    emulated.programmes.live()
    with emulated.meter.bill() as bill:
        assert show_myself(emulated, "lin").progress
    assert (bill.writes, sum(bill.reads)) == ([], 2)


def test_counts_of_years_stay_below_a_kilobyte(emulated: EmulatedMall, shop: Shop) -> None:
    for month in range(36):
        emulated.clock.travel(days=30)
        shop.pays(f"M{month}", "98765.43")
        writes, _ = written_counting(emulated, f"M{month}")
    assert writes == [4]


def test_forty_orders_of_a_member_at_once_are_all_counted(
    emulated: EmulatedMall, shop: Shop
) -> None:
    for number in range(40):
        shop.pays(f"A{number}", 25)
    orders = [f"A{number % 40}" for number in range(80)]
    with ThreadPoolExecutor(max_workers=8) as pool:
        list(pool.map(lambda order: _until_counted(emulated, order), orders))
    count, member = emulated.tiers.count("lin"), emulated.members.member("lin")
    assert count.within(RULES, date(2026, 11, 21)) == 1_010
    assert member is not None
    assert (member.tier, len(emulated.tiers.steps("lin"))) == ("silver", 1)


def _until_counted(emulated: EmulatedMall, order_id: str) -> None:
    """As the queue does: who is told to have patience comes again."""
    for _ in range(20):
        try:
            count_order(emulated, "standard", order_id)
        except Busy:
            continue
        return
    raise AssertionError(f"{order_id} was never counted")
