"""Parcels: an operator ships, the member may change the address before and confirms after."""

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.errors import Forbidden, Invalid, NotAllowedNow, NotFound
from loyalty.domain.item import ItemKind, Review
from loyalty.domain.redemption import Redemption, Status
from redeem.ship import Parcel, change_delivery, confirm_receipt, ship
from support.counter import ADDRESS, Counter, put_on_shelf, reviewer

OPERATOR = reviewer("operator-sub")
PARCEL = Parcel("SF Express", "SF1234567890")
ELSEWHERE = {**ADDRESS, "city": "Hangzhou"}


@pytest.fixture
def parcel(mall: MemoryMall, counter: Counter) -> Redemption:
    """An order of a cup, to be sent."""
    put_on_shelf(mall, "itm_cup", kind=ItemKind.PHYSICAL)
    return counter.redeem(1, "itm_cup", delivery=ADDRESS)


def send(mall: MemoryMall, redemption: Redemption, parcel: Parcel = PARCEL) -> Redemption:
    return ship(mall, OPERATOR, redemption.redemption_id, "key-ship", parcel)


def test_a_parcel_is_noted_with_who_sent_it(mall: MemoryMall, parcel: Redemption) -> None:
    sent = send(mall, parcel)
    assert sent.status is Status.SHIPPED
    assert sent.shipment is not None
    assert (sent.shipment.carrier, sent.shipment.tracking_number) == (
        "SF Express",
        "SF1234567890",
    )
    (record,) = mall.audit
    assert (record.actor, record.before, record.after) == (
        "operator-sub",
        {"status": "confirmed"},
        {"carrier": "SF Express", "tracking_number": "SF1234567890"},
    )


def test_the_same_parcel_noted_again_is_fine_another_is_not(
    mall: MemoryMall, parcel: Redemption
) -> None:
    sent = send(mall, parcel)
    assert send(mall, parcel) == sent
    with pytest.raises(NotAllowedNow):
        send(mall, parcel, Parcel("SF Express", "SF0000000000"))
    assert len(mall.audit) == 1


def test_one_parcel_noted_twice_at_once_leaves_once(mall: MemoryMall, parcel: Redemption) -> None:
    mall.store.before_next_commit(lambda: send(mall, parcel))
    assert len(send(mall, parcel).timeline) == 2
    assert len(mall.audit) == 1


def test_nobody_ships_their_own_order(mall: MemoryMall, parcel: Redemption) -> None:
    with pytest.raises(Forbidden):
        ship(mall, reviewer("lin"), parcel.redemption_id, "key-ship", PARCEL)


def test_only_parcels_are_shipped(mall: MemoryMall, counter: Counter) -> None:
    with pytest.raises(NotAllowedNow):
        send(mall, counter.redeem(1))
    with pytest.raises(NotFound):
        ship(mall, OPERATOR, "rdm_unknown", "key-ship", PARCEL)


def test_the_member_confirms_what_has_arrived_once(mall: MemoryMall, parcel: Redemption) -> None:
    with pytest.raises(NotAllowedNow):
        confirm_receipt(mall, "lin", parcel.redemption_id)
    send(mall, parcel)
    received = confirm_receipt(mall, "lin", parcel.redemption_id)
    assert received.status is Status.RECEIVED
    assert confirm_receipt(mall, "lin", parcel.redemption_id) == received
    with pytest.raises(NotFound):
        confirm_receipt(mall, "wang", parcel.redemption_id)


def test_a_parcel_that_has_not_left_goes_elsewhere(mall: MemoryMall, parcel: Redemption) -> None:
    changed = change_delivery(mall, "lin", parcel.redemption_id, ELSEWHERE)
    assert changed.delivery == ELSEWHERE
    assert changed.timeline == parcel.timeline
    send(mall, parcel)
    with pytest.raises(NotAllowedNow):
        change_delivery(mall, "lin", parcel.redemption_id, ADDRESS)


def test_an_order_that_waits_for_a_reviewer_may_go_elsewhere_too(
    mall: MemoryMall, counter: Counter
) -> None:
    put_on_shelf(mall, "itm_vase", kind=ItemKind.PHYSICAL, review=Review.ALWAYS)
    waiting = counter.redeem(1, "itm_vase", delivery=ADDRESS)
    changed = change_delivery(mall, "lin", waiting.redemption_id, ELSEWHERE)
    assert (changed.delivery, changed.status) == (ELSEWHERE, Status.PENDING_REVIEW)


def test_an_address_that_lacks_something_is_not_taken(mall: MemoryMall, parcel: Redemption) -> None:
    with pytest.raises(Invalid) as refused:
        change_delivery(mall, "lin", parcel.redemption_id, {**ADDRESS, "line1": ""})
    assert refused.value.facts["errors"] == [{"field": "delivery.line1", "message": "is required"}]


def test_nobody_redirects_another_member_s_parcel(mall: MemoryMall, parcel: Redemption) -> None:
    with pytest.raises(NotFound):
        change_delivery(mall, "wang", parcel.redemption_id, ELSEWHERE)


def test_an_address_changed_while_the_parcel_leaves_is_refused(
    mall: MemoryMall, parcel: Redemption
) -> None:
    mall.store.before_next_commit(lambda: send(mall, parcel))
    with pytest.raises(NotAllowedNow):
        change_delivery(mall, "lin", parcel.redemption_id, ELSEWHERE)
