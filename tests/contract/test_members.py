from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from contract.rows import NOW, refusal
from loyalty.domain.audit import AuditRecord
from loyalty.domain.member import CustomerLink, Member, WaitingEvent
from loyalty.domain.orders import CustomerRef, OrderLine, OrderPaid, Purchase
from loyalty.domain.writes import AddAudit, AddLink, AddMember, AwaitLink, ChangeMember
from support.stored import Stored

LIN = Member("lin", NOW, "林黛玉", "+8613800138000", "lin@example.com", "en")
LINK = CustomerLink("shopify", "207#119551", "lin", NOW, "operator-sub")


def waiting(order_id: str, minutes: int = 0) -> WaitingEvent:
    purchase = Purchase(
        order_id=order_id,
        customer=CustomerRef(customer_id="207#119551"),
        currency="CNY",
        lines=(OrderLine("S1", None, 2, Decimal("118.00")), OrderLine("S2", "tea", 1, Decimal(5))),
        discount=Decimal("0.00"),
        tax=Decimal("1.10"),
        points_offset=Decimal(0),
        paid_at=datetime(2026, 11, 20, 23, 59, 59, 5, tzinfo=UTC),
    )
    received_at = NOW + timedelta(minutes=minutes)
    return WaitingEvent("shopify", "207#119551", OrderPaid(purchase, NOW), received_at)


def test_nobody_is_a_member_at_first(mall: Stored) -> None:
    assert mall.members.member("lin") is None
    assert list(mall.members.find("lin@example.com")) == []


@pytest.mark.parametrize("member", [LIN, Member("lin", NOW)])
def test_a_profile_comes_back_as_it_was_written(mall: Stored, member: Member) -> None:
    mall.store.commit([AddMember(member)])
    assert mall.members.member("lin") == member


def test_a_member_joins_once(mall: Stored) -> None:
    mall.store.commit([AddMember(LIN)])
    again = AddMember(Member("lin", NOW + timedelta(days=1)))
    assert refusal(mall, again) == [(again, LIN)]
    assert list(mall.members.find("lin@example.com")) == [LIN]


def test_a_profile_that_was_changed_since_tells_how_it_stands(mall: Stored) -> None:
    mall.store.commit([AddMember(LIN)])
    changed = LIN.changed(display_name="Lin Daiyu")
    mall.store.commit([ChangeMember(changed)])
    assert mall.members.member("lin") == changed
    late = ChangeMember(LIN.changed(language="zh"))
    assert refusal(mall, late) == [(late, changed)]


def test_a_profile_that_does_not_exist_cannot_be_changed(mall: Stored) -> None:
    change = ChangeMember(replace(LIN, version=2))
    assert refusal(mall, change) == [(change, None)]


def test_members_are_found_by_phone_and_by_mail_address(mall: Stored) -> None:
    sister = Member("sister", NOW, phone=LIN.phone)
    mall.store.commit([AddMember(LIN)])
    mall.store.commit([AddMember(sister)])
    assert list(mall.members.find("lin@example.com")) == [LIN]
    assert {found.member_id for found in mall.members.find("+8613800138000")} == {"lin", "sister"}


def test_members_are_not_found_by_an_address_that_they_have_given_up(mall: Stored) -> None:
    mall.store.commit([AddMember(LIN)])
    moved = LIN.changed(email="daiyu@example.com", phone=None)
    mall.store.commit([ChangeMember(moved)])
    assert list(mall.members.find("daiyu@example.com")) == [moved]
    assert list(mall.members.find("lin@example.com")) == []
    assert list(mall.members.find("+8613800138000")) == []


def test_a_customer_is_linked_once(mall: Stored) -> None:
    assert mall.members.link("shopify", "207#119551") is None
    mall.store.commit([AddLink(LINK)])
    assert mall.members.link("shopify", "207#119551") == LINK
    again = AddLink(replace(LINK, member_id="wang"))
    assert refusal(mall, again) == [(again, LINK)]


def test_the_same_customer_number_in_another_shop_is_another_customer(mall: Stored) -> None:
    other = replace(LINK, source="woocommerce", member_id="wang")
    mall.store.commit([AddLink(LINK), AddLink(other)])
    assert mall.members.link("woocommerce", "207#119551") == other


def test_orders_wait_for_their_customer_oldest_first(mall: Stored) -> None:
    events = [waiting("#1002", minutes=1), waiting("#1001", minutes=2), waiting("#1003")]
    for event in events:
        mall.store.commit([AwaitLink(event)])
    assert list(mall.members.waiting("shopify", "207#119551")) == [events[2], events[0], events[1]]
    assert list(mall.members.waiting("shopify", "207")) == []


def test_an_order_told_twice_waits_once(mall: Stored) -> None:
    mall.store.commit([AwaitLink(waiting("#1001"))])
    mall.store.commit([AwaitLink(waiting("#1001", minutes=1))])
    assert len(mall.members.waiting("shopify", "207#119551")) == 1


def test_nothing_waits_for_a_customer_who_is_linked(mall: Stored) -> None:
    mall.store.commit([AddLink(LINK)])
    late = AwaitLink(waiting("#1001"))
    assert refusal(mall, late) == [(late, LINK)]
    assert list(mall.members.waiting("shopify", "207#119551")) == []


def test_orders_that_have_been_booked_no_longer_wait(mall: Stored) -> None:
    first, second = waiting("#1001"), waiting("#1002")
    mall.store.commit([AwaitLink(first)])
    mall.store.commit([AwaitLink(second)])
    mall.members.done_waiting(first)
    mall.members.done_waiting(first)
    assert list(mall.members.waiting("shopify", "207#119551")) == [second]


def test_an_operators_act_is_recorded_once_and_the_repetition_is_told_the_first(
    mall: Stored,
) -> None:
    record = AuditRecord(
        act_id="act_1",
        act="change_item",
        actor="operator-sub",
        role="operator",
        subject="item:tea",
        at=NOW,
        request_id="request-1",
        reason="typo",
        request_digest="d" * 64,
        before={"points": 1200, "name": {"en": "Tee"}},
        after={"points": 1200, "name": {"en": "Tea"}},
    )
    mall.store.commit([AddAudit(record)])
    again = AddAudit(replace(record, at=NOW + timedelta(days=1), reason=None, before={}, after={}))
    assert refusal(mall, again) == [(again, record)]
