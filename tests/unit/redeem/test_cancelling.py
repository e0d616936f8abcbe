"""Cancelling: everything goes back to where it came from, once."""

from collections.abc import Callable

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.errors import Busy, NotAllowedNow, NotFound
from loyalty.domain.item import ItemKind, Limits, Review, Stock
from loyalty.domain.redemption import Redemption, Status, Verdict
from redeem.cancel import cancel_redemption
from redeem.fulfil import fulfil
from redeem.review import await_person, conclude
from redeem.ship import Parcel, ship
from support.books import account_of, assert_explained, available, facts_of
from support.counter import ADDRESS, Counter, fill_pool, put_on_shelf, reviewer


def test_points_pieces_and_limits_go_back(mall: MemoryMall, counter: Counter) -> None:
    put_on_shelf(mall, "itm_few", points=10, stock=5, limits=Limits(per_day=2, per_member=2))
    redemption = counter.redeem(2, "itm_few")
    cancelled = counter.cancel(redemption)
    assert cancelled.status is Status.CANCELLED
    assert [step.status for step in cancelled.timeline] == [Status.CONFIRMED, Status.CANCELLED]
    assert available(mall) == 100
    assert mall.catalog.stock("itm_few") == Stock("itm_few", 5)
    assert counter.redeem(2, "itm_few").status is Status.CONFIRMED, "the limits were counted back"
    assert_explained(mall)


def test_a_held_order_s_points_and_pieces_go_back(mall: MemoryMall, counter: Counter) -> None:
    put_on_shelf(mall, "itm_rare", points=10, stock=5, review=Review.ALWAYS)
    redemption = counter.redeem(2, "itm_rare")
    await_person(mall, redemption.redemption_id, "token")
    assert counter.cancel(redemption).status is Status.CANCELLED
    assert (available(mall), account_of(mall).held) == (100, 0)
    assert mall.catalog.stock("itm_rare") == Stock("itm_rare", 5)
    assert mall.review_flow.resumed == {"token": "cancelled"}
    assert facts_of(mall)[-1] == f"{redemption.partition}/release"
    assert_explained(mall)


def test_an_order_cancelled_before_its_execution_waits_lets_it_end_later(
    mall: MemoryMall, counter: Counter
) -> None:
    put_on_shelf(mall, "itm_rare", review=Review.ALWAYS)
    redemption = counter.redeem(1, "itm_rare")
    counter.cancel(redemption)
    assert mall.review_flow.resumed == {}
    await_person(mall, redemption.redemption_id, "token")
    assert mall.review_flow.resumed == {"token": "cancelled"}


def test_cancelling_again_changes_nothing(mall: MemoryMall, counter: Counter) -> None:
    redemption = counter.redeem(2)
    counter.cancel(redemption)
    before = facts_of(mall)
    assert counter.cancel(redemption).status is Status.CANCELLED
    assert (facts_of(mall), available(mall)) == (before, 100)


def test_cancelling_twice_at_once_gives_back_once(mall: MemoryMall, counter: Counter) -> None:
    redemption = counter.redeem(2)
    mall.store.before_next_commit(lambda: counter.cancel(redemption))
    assert counter.cancel(redemption).status is Status.CANCELLED
    assert available(mall) == 100
    assert mall.catalog.stock("itm_tea") == Stock("itm_tea", 20)


def test_a_lost_answer_is_asked_for_again(mall: MemoryMall, counter: Counter) -> None:
    redemption = counter.redeem(2)
    mall.store.lose_next_reply()
    with pytest.raises(Busy):
        counter.cancel(redemption)
    assert counter.cancel(redemption).status is Status.CANCELLED
    assert available(mall) == 100


def test_another_member_s_order_does_not_exist(mall: MemoryMall, counter: Counter) -> None:
    redemption = counter.redeem(1)
    with pytest.raises(NotFound):
        cancel_redemption(mall, "wang", redemption.redemption_id)
    with pytest.raises(NotFound):
        cancel_redemption(mall, "lin", "rdm_unknown")
    assert available(mall) == 90


def approved(mall: MemoryMall, counter: Counter) -> Redemption:
    put_on_shelf(mall, "itm_rare", review=Review.ALWAYS)
    return counter.decide(counter.redeem(1, "itm_rare"), Verdict.APPROVE)


def rejected(mall: MemoryMall, counter: Counter) -> Redemption:
    put_on_shelf(mall, "itm_rare", review=Review.ALWAYS)
    redemption = counter.decide(counter.redeem(1, "itm_rare"), Verdict.REJECT)
    return conclude(mall, redemption.redemption_id)


def handed_over(mall: MemoryMall, counter: Counter) -> Redemption:
    put_on_shelf(mall, "itm_code", kind=ItemKind.VIRTUAL)
    fill_pool(mall, "itm_code", "AAAA")
    return fulfil(mall, counter.redeem(1, "itm_code").redemption_id)


def shipped(mall: MemoryMall, counter: Counter) -> Redemption:
    put_on_shelf(mall, "itm_cup", kind=ItemKind.PHYSICAL)
    redemption = counter.redeem(1, "itm_cup", delivery=ADDRESS)
    parcel = Parcel("SF", "SF1")
    return ship(mall, reviewer("operator"), redemption.redemption_id, "key-ship", parcel)


@pytest.mark.parametrize("too_late", [approved, rejected, handed_over, shipped])
def test_it_is_too_late_to_cancel(
    mall: MemoryMall, counter: Counter, too_late: Callable[[MemoryMall, Counter], Redemption]
) -> None:
    redemption = too_late(mall, counter)
    before = facts_of(mall)
    with pytest.raises(NotAllowedNow) as refused:
        counter.cancel(redemption)
    assert refused.value.facts["status"] is redemption.status
    assert facts_of(mall) == before


def test_an_order_that_is_handed_over_at_the_same_moment_is_not_cancelled_too(
    mall: MemoryMall, counter: Counter
) -> None:
    redemption = counter.redeem(1)
    mall.store.before_next_commit(lambda: fulfil(mall, redemption.redemption_id))
    with pytest.raises(NotAllowedNow):
        counter.cancel(redemption)
    assert available(mall) == 90
