from dataclasses import replace
from datetime import date

import pytest

from earn.activities.bringing import show_referral
from earn.activities.purchases import settle_order
from earn.service import credit_waiting
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.changes import events_of
from loyalty.domain.member import CustomerLink
from loyalty.domain.orders import CustomerRef
from loyalty.domain.origin import without_origin
from loyalty.domain.task import TaskCaps
from loyalty.domain.writes import AddLink
from loyalty.joining import member_of
from mall.seeds.activities import REFERRAL, TASKS
from support.shop import Shop
from unit.earn.activities.conftest import PROGRAMME

LIN, MEI = "lin", "mei-0001"
TODAY = date(2026, 11, 21)


@pytest.fixture(autouse=True)
def rules(mall: MemoryMall) -> None:
    mall.programmes.publish(replace(PROGRAMME, version=2, tasks=TASKS, referral=REFERRAL))


@pytest.fixture
def shop(mall: MemoryMall) -> Shop:
    """Where mei buys, having come by lin's link."""
    code = show_referral(mall, LIN).referrer.code
    return Shop(mall, CustomerRef(MEI), shared_by=code.lower())


def tell(mall: MemoryMall, times: int = 2) -> None:
    for entry in [*mall.ledger.statement(MEI, limit=100).items] * times:
        for event in events_of(entry):
            settle_order(mall, event)


def points(mall: MemoryMall) -> int:
    return mall.accounts.account(LIN).available_on(TODAY)


def test_a_purchase_through_a_shared_link_is_credited_to_who_shared_it(
    mall: MemoryMall, shop: Shop
) -> None:
    shop.pays("A1", 80)
    tell(mall)
    assert points(mall) == 50
    (entry,) = mall.ledger.statement(LIN).items
    assert entry.key.entry_id.startswith("member:lin/task:friend-buys:")
    assert (entry.reason, entry.explanation["friends_order"]) == ("task", "standard:A1")
    assert set(without_origin(entry.explanation)) == {"task"}
    assert "A1" not in entry.key.fact
    assert mall.activities.task(LIN, "friend-buys").in_all == 1


def test_a_members_id_serves_as_well_as_the_code(mall: MemoryMall, shop: Shop) -> None:
    shop.shared_by = LIN
    shop.pays("A1", 80)
    tell(mall)
    assert points(mall) == 50


@pytest.mark.parametrize("shared_by", ["nobody", None])
def test_a_link_of_nobody_credits_nobody(
    mall: MemoryMall, shop: Shop, shared_by: str | None
) -> None:
    shop.shared_by = shared_by
    shop.pays("A1", 80)
    tell(mall)
    assert points(mall) == 0


def test_ones_own_link_credits_nothing(mall: MemoryMall, shop: Shop) -> None:
    shop.customer = CustomerRef(LIN)
    shop.pays("A1", 80)
    for entry in mall.ledger.statement(LIN).items:
        for event in events_of(entry):
            assert not settle_order(mall, event)
    assert points(mall) == 80


def test_a_purchase_that_falls_takes_it_back_once(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 80)
    tell(mall)
    shop.refunds("A1", 79)
    tell(mall)
    assert points(mall) == 50
    shop.refunds("A1", 1, "R2")
    tell(mall)
    assert points(mall) == 0
    assert [one.reason for one in mall.ledger.statement(LIN).items] == ["task-reversed", "task"]


def test_no_more_friends_a_day_than_the_cap(mall: MemoryMall, shop: Shop) -> None:
    tasks = tuple(
        replace(task, caps=TaskCaps(per_day=2)) if task.id == "friend-buys" else task
        for task in TASKS
    )
    mall.programmes.publish(replace(PROGRAMME, version=3, tasks=tasks))
    for number in range(4):
        shop.pays(f"A{number}", 80)
    tell(mall)
    assert points(mall) == 100


def test_an_order_that_waited_for_its_customer_keeps_who_sent_it(
    mall: MemoryMall, shop: Shop
) -> None:

    shop.customer = CustomerRef(customer_id="77")
    assert shop.pays("A1", 80).status == "waiting_for_member"
    member_of(mall, MEI)
    link = CustomerLink("standard", "77", MEI, mall.clock.now(), "operator")
    mall.store.commit([AddLink(link)])
    credit_waiting(mall, "standard", "77")
    tell(mall)
    assert points(mall) == 50
