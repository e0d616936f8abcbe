"""Handing over: a code once, to its owner; a service at once; a parcel by an operator."""

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.errors import NotAllowedNow, NotFound
from loyalty.domain.item import ItemKind
from loyalty.domain.orders import CustomerRef
from loyalty.domain.redemption import Redemption, Status
from redeem.fulfil import fulfil
from redeem.orders import MOST_CODES
from redeem.service import reveal_code
from support.counter import ADDRESS, Counter, fill_pool, put_on_shelf
from support.shop import Shop


@pytest.fixture
def voucher(mall: MemoryMall) -> str:
    """A virtual item whose pool is empty."""
    put_on_shelf(mall, "itm_code", kind=ItemKind.VIRTUAL)
    return "itm_code"


def codes_of(mall: MemoryMall, redemption: Redemption) -> set[str]:
    return {
        reveal_code(mall, redemption.member_id, redemption.redemption_id, code_id)
        for code_id in redemption.code_ids
    }


def test_codes_come_out_of_the_pool_and_are_shown_to_their_owner(
    mall: MemoryMall, counter: Counter, voucher: str
) -> None:
    fill_pool(mall, voucher, "AAAA", "BBBB", "CCCC")
    done = fulfil(mall, counter.redeem(2, voucher).redemption_id)
    assert done.status is Status.COMPLETED
    codes = codes_of(mall, done)
    assert len(codes) == 2
    assert codes < {"AAAA", "BBBB", "CCCC"}
    assert len(mall.catalog.free_codes(voucher, 10)) == 1


def test_a_redemption_waits_for_codes_and_gets_them_when_they_come(
    mall: MemoryMall, counter: Counter, voucher: str
) -> None:
    fill_pool(mall, voucher, "AAAA")
    redemption = counter.redeem(2, voucher)
    assert fulfil(mall, redemption.redemption_id) == redemption
    fill_pool(mall, voucher, "BBBB")
    done = fulfil(mall, redemption.redemption_id)
    assert codes_of(mall, done) == {"AAAA", "BBBB"}


def test_handing_over_again_hands_over_nothing_more(
    mall: MemoryMall, counter: Counter, voucher: str
) -> None:
    fill_pool(mall, voucher, "AAAA", "BBBB")
    redemption = counter.redeem(1, voucher)
    first = fulfil(mall, redemption.redemption_id)
    assert fulfil(mall, redemption.redemption_id) == first
    assert len(mall.catalog.free_codes(voucher, 10)) == 1


def test_two_hands_at_once_hand_over_once(mall: MemoryMall, counter: Counter, voucher: str) -> None:
    fill_pool(mall, voucher, "AAAA", "BBBB")
    redemption = counter.redeem(1, voucher)
    mall.store.before_next_commit(lambda: fulfil(mall, redemption.redemption_id))
    assert len(fulfil(mall, redemption.redemption_id).code_ids) == 1
    assert len(mall.catalog.free_codes(voucher, 10)) == 1


def test_the_last_code_goes_to_one_of_two_members(
    mall: MemoryMall, counter: Counter, voucher: str
) -> None:
    Shop(mall, CustomerRef("wang")).pays("A2", 10)
    fill_pool(mall, voucher, "AAAA")
    mine, theirs = counter.redeem(1, voucher), Counter(mall, "wang").redeem(1, voucher)
    mall.store.before_next_commit(lambda: fulfil(mall, theirs.redemption_id))
    assert fulfil(mall, mine.redemption_id).status is Status.CONFIRMED
    done = mall.redemptions.redemption(theirs.redemption_id)
    assert done is not None
    assert codes_of(mall, done) == {"AAAA"}


def test_as_many_codes_as_one_order_may_hold_are_handed_over_at_once(
    mall: MemoryMall, counter: Counter, voucher: str
) -> None:
    fill_pool(mall, voucher, *(f"CODE-{n:02}" for n in range(MOST_CODES)))
    done = fulfil(mall, counter.redeem(MOST_CODES, voucher).redemption_id)
    assert len(codes_of(mall, done)) == MOST_CODES


def test_a_service_is_done_when_it_is_handed_over(mall: MemoryMall, counter: Counter) -> None:
    redemption = counter.redeem(1)
    assert fulfil(mall, redemption.redemption_id).status is Status.COMPLETED


def test_a_parcel_waits_for_an_operator(mall: MemoryMall, counter: Counter) -> None:
    put_on_shelf(mall, "itm_cup", kind=ItemKind.PHYSICAL)
    redemption = counter.redeem(1, "itm_cup", delivery=ADDRESS)
    assert fulfil(mall, redemption.redemption_id) == redemption


def test_what_was_cancelled_is_not_handed_over(
    mall: MemoryMall, counter: Counter, voucher: str
) -> None:
    fill_pool(mall, voucher, "AAAA")
    redemption = counter.redeem(1, voucher)
    counter.cancel(redemption)
    assert fulfil(mall, redemption.redemption_id).status is Status.CANCELLED
    assert len(mall.catalog.free_codes(voucher, 10)) == 1


def test_a_code_is_shown_to_nobody_else_and_not_before_it_is_there(
    mall: MemoryMall, counter: Counter, voucher: str
) -> None:
    fill_pool(mall, voucher, "AAAA")
    redemption = counter.redeem(1, voucher)
    with pytest.raises(NotAllowedNow):
        reveal_code(mall, "lin", redemption.redemption_id, "any")
    done = fulfil(mall, redemption.redemption_id)
    (code_id,) = done.code_ids
    with pytest.raises(NotFound):
        reveal_code(mall, "wang", done.redemption_id, code_id)
    with pytest.raises(NotFound):
        reveal_code(mall, "lin", done.redemption_id, "another-code")


def test_an_unknown_order_is_not_handed_over(mall: MemoryMall) -> None:
    with pytest.raises(NotFound):
        fulfil(mall, "rdm_unknown")
