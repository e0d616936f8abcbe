"""What check-ins, tasks and referrals cost, exactly."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from earn.activities.bringing import say_who_brought, show_referral
from earn.activities.calendar import show_check_ins
from earn.activities.check_ins import check_in
from earn.activities.purchases import settle_order
from earn.activities.repairs import repair_day
from earn.activities.tasks import OWN_WORD, Completion, complete_task, list_tasks
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.domain.changes import events_of
from loyalty.domain.errors import AlreadyCheckedIn
from loyalty.domain.events import Event
from loyalty.domain.orders import CustomerRef
from loyalty.domain.welcome import WelcomeRules
from loyalty.joining import member_of
from mall.seeds.activities import CHECK_INS, REFERRAL, TASKS
from support.emulated import EmulatedMall
from support.shop import Shop

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]

LIN, MEI = "lin", "mei"
RULES = replace(
    ONE_YUAN_A_POINT,
    version=2,
    welcome=WelcomeRules(100),
    check_ins=CHECK_INS,
    tasks=TASKS,
    referral=REFERRAL,
)


@pytest.fixture
def lively(emulated: EmulatedMall) -> EmulatedMall:
    """A mall whose rules know activities, where lin and mei are members."""
    emulated.programmes.publish(RULES)
    emulated.clock.set(datetime(2028, 2, 1, 4, tzinfo=UTC))
    emulated.programmes._remembered = None
    assert emulated.programmes.live().version == 2
    for name in (LIN, MEI):
        member_of(emulated, name)
    return emulated


def news(mall: EmulatedMall, member_id: str) -> Event:
    """What the bus told last of a member."""
    newest = mall.ledger.statement(member_id).items[0]
    return events_of(newest)[0]


def test_joining_costs_twelve_units_with_the_welcome(lively: EmulatedMall) -> None:
    with lively.meter.bill() as bill:
        member_of(lively, "new")
    assert bill.writes == [12]


def test_a_check_in_costs_seven_units_and_three_for_each_bonus(lively: EmulatedMall) -> None:
    check_in(lively, LIN)
    for day in range(2, 30):
        lively.clock.travel(days=1)
        with lively.meter.bill() as bill:
            check_in(lively, LIN)
        bonuses = (day % 7 == 0) + (day == 29)
        assert bill.writes == [7 + 3 * bonuses]
        assert bill.reads == [1, 0.5]


def test_the_second_check_in_of_a_day_writes_nothing(lively: EmulatedMall) -> None:
    check_in(lively, LIN)
    with lively.meter.bill() as bill, pytest.raises(AlreadyCheckedIn):
        check_in(lively, LIN)
    assert (bill.writes, bill.reads) == ([], [1, 1])


def test_a_repair_costs_seven_units(lively: EmulatedMall) -> None:
    check_in(lively, LIN)
    lively.clock.travel(days=2)
    with lively.meter.bill() as bill:
        repair_day(lively, LIN, date(2028, 2, 2))
    assert bill.writes == [7]


def test_a_full_month_of_the_calendar_costs_some_units_to_read(lively: EmulatedMall) -> None:
    for _ in range(29):
        check_in(lively, LIN)
        lively.clock.travel(days=1)
    with lively.meter.bill() as bill:
        assert len(show_check_ins(lively, LIN, date(2028, 2, 1)).days) == 29
    assert bill.writes == []
    assert sum(bill.reads) <= 6


def test_a_task_costs_nine_units_and_its_repetition_three_to_read(lively: EmulatedMall) -> None:
    member = member_of(lively, LIN)
    asked = Completion(member, "share-link", None, "member:lin", "key-0001", OWN_WORD)
    with lively.meter.bill() as bill:
        first = complete_task(lively, asked)
    assert (bill.writes, bill.reads) == ([9], [1, 0.5])
    with lively.meter.bill() as bill:
        assert complete_task(lively, asked) == first
    assert (bill.writes, bill.reads) == ([], [1, 1, 1])
    with lively.meter.bill() as bill:
        list_tasks(lively, LIN)
    assert bill.reads == [1]


def test_a_referral_costs_six_units_to_say_and_sixteen_to_reward_or_reverse(
    lively: EmulatedMall,
) -> None:
    code = show_referral(lively, LIN).referrer.code
    with lively.meter.bill() as bill:
        say_who_brought(lively, MEI, "key-0001", code)
    assert bill.writes == [6]
    shop = Shop(lively, CustomerRef(MEI))
    shop.pays("A1", 80)
    told = news(lively, MEI)
    with lively.meter.bill() as bill:
        assert settle_order(lively, told)
    assert bill.writes == [16]
    shop.cancels("A1")
    told = events_of(lively.ledger.entries_under("order:standard:A1", "cancel")[0])[0]
    with lively.meter.bill() as bill:
        assert settle_order(lively, told)
    assert bill.writes == [16]


def test_a_purchase_through_a_link_costs_nine_units(lively: EmulatedMall) -> None:
    shop = Shop(lively, CustomerRef(MEI), shared_by=LIN)
    shop.pays("A1", 80)
    told = news(lively, MEI)
    with lively.meter.bill() as bill:
        assert settle_order(lively, told)
    assert bill.writes == [9]


def test_an_order_that_nobody_sent_costs_two_units_to_read(lively: EmulatedMall) -> None:
    Shop(lively, CustomerRef(MEI)).pays("A1", 80)
    told = news(lively, MEI)
    with lively.meter.bill() as bill:
        assert not settle_order(lively, told)
    assert (bill.writes, bill.reads) == ([], [1, 1])
