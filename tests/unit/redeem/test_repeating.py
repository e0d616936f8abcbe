"""The same key again: one effect and the first answer, whatever has become of things."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.errors import IdempotencyKeyReused
from loyalty.domain.item import ItemKind, ItemStatus, Review
from loyalty.domain.orders import CustomerRef
from loyalty.domain.redemption import Verdict
from loyalty.domain.writes import ChangeItem
from redeem.fulfil import fulfil
from redeem.review import await_person, conclude
from redeem.ship import Parcel, change_delivery, ship
from support.books import available, facts_of
from support.counter import ADDRESS, Counter, fill_pool, put_on_shelf, reviewer
from support.shop import Shop

KEY = "the-same-key"


def change_item(mall: MemoryMall, **changes: object) -> None:
    item = mall.catalog.item("itm_tea")
    assert item is not None
    mall.store.commit([ChangeItem(replace(item, version=item.version + 1, **changes))])  # type: ignore[arg-type]


def spend_the_rest(mall: MemoryMall) -> None:
    Counter(mall, keys=iter(["another-key"])).redeem(available(mall) // 10)


@pytest.mark.parametrize(
    "afterwards",
    [
        available,
        spend_the_rest,
        lambda mall: change_item(mall, points=99),
        lambda mall: change_item(mall, status=ItemStatus.OFF_SHELF),
        lambda mall: mall.clock.travel(days=400),
    ],
    ids=["nothing happens", "no points left", "dearer", "off the shelf", "lapsed"],
)
def test_the_same_request_gets_the_first_answer(
    mall: MemoryMall, counter: Counter, afterwards: Callable[[MemoryMall], object]
) -> None:
    first = counter.redeem(2, key=KEY, expected_points=20)
    afterwards(mall)
    stands = available(mall)
    assert counter.redeem(2, key=KEY, expected_points=20) == first
    assert available(mall) == stands


@pytest.mark.parametrize(
    "other", [{"quantity": 3}, {"item_id": "itm_other"}, {"expected_points": 20}]
)
def test_another_request_under_the_same_key_is_refused(
    mall: MemoryMall, counter: Counter, other: dict[str, object]
) -> None:
    put_on_shelf(mall, "itm_other")
    counter.redeem(2, key=KEY)
    before = facts_of(mall)
    with pytest.raises(IdempotencyKeyReused):
        counter.redeem(**{"quantity": 2, "key": KEY, **other})  # type: ignore[arg-type]
    assert facts_of(mall) == before


def test_the_same_key_of_another_member_is_another_order(
    mall: MemoryMall, counter: Counter
) -> None:
    put_on_shelf(mall, "itm_free", points=1)
    first = counter.redeem(1, "itm_free", key=KEY)
    Shop(mall, CustomerRef("wang")).pays("A9", 10)
    other = Counter(mall, "wang").redeem(1, "itm_free", key=KEY)
    assert first.redemption_id != other.redemption_id


def test_a_lost_answer_is_found_again_in_the_same_call(mall: MemoryMall, counter: Counter) -> None:
    mall.store.lose_next_reply()
    assert counter.redeem(2, key=KEY).points == 20
    assert available(mall) == 80


def test_the_first_answer_of_a_parcel_that_has_left_for_another_address(
    mall: MemoryMall, counter: Counter
) -> None:
    put_on_shelf(mall, "itm_cup", kind=ItemKind.PHYSICAL)
    first = counter.redeem(key=KEY, item_id="itm_cup", delivery=ADDRESS)
    elsewhere = {**ADDRESS, "city": "Hangzhou"}
    change_delivery(mall, "lin", first.redemption_id, elsewhere)
    ship(mall, reviewer("operator"), first.redemption_id, "ship-1", Parcel("SF", "SF1"))
    assert counter.redeem(key=KEY, item_id="itm_cup", delivery=ADDRESS) == first


def test_the_first_answer_of_a_code_that_was_handed_over(
    mall: MemoryMall, counter: Counter
) -> None:
    put_on_shelf(mall, "itm_code", kind=ItemKind.VIRTUAL)
    fill_pool(mall, "itm_code", "AAAA")
    first = counter.redeem(key=KEY, item_id="itm_code")
    fulfil(mall, first.redemption_id)
    assert counter.redeem(key=KEY, item_id="itm_code") == first


def test_the_first_answer_of_an_order_that_was_reviewed_meanwhile(
    mall: MemoryMall, counter: Counter
) -> None:
    put_on_shelf(mall, "itm_rare", review=Review.ALWAYS)
    first = counter.redeem(key=KEY, item_id="itm_rare")
    await_person(mall, first.redemption_id, "a-secret-token")
    counter.decide(first, Verdict.REJECT)
    conclude(mall, first.redemption_id)
    again = counter.redeem(key=KEY, item_id="itm_rare")
    assert again == first
    assert again.review is not None
    assert again.review.task_token is None
