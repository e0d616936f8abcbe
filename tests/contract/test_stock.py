from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from contract.rows import fenced, item, refusal, stock
from loyalty.domain.item import ItemStatus, Stock
from loyalty.domain.writes import (
    AddItem,
    AddStock,
    ChangeItem,
    GiveBackStock,
    SellHeld,
    TakeStock,
    Write,
)
from support.stored import Stored

TEN = stock(on_hand=10)


@pytest.fixture(autouse=True)
def ten_teas(mall: Stored) -> None:
    mall.store.commit([AddItem(item(), TEN)])


def do(mall: Stored, *writes: Write) -> Stock:
    for write in writes:
        mall.store.commit(fenced(write, fact=f"{write} {mall.catalog.stock('tea')}"))
    now = mall.catalog.stock("tea")
    assert now is not None
    return now


def test_pieces_are_sold_or_held(mall: Stored) -> None:
    assert do(mall, TakeStock("tea", 2, 1)) == replace(TEN, on_hand=8, sold=2)
    taken = do(mall, TakeStock("tea", 3, 1, is_held=True))
    assert taken == replace(TEN, on_hand=5, sold=2, held=3)


def test_the_last_pieces_can_be_taken_and_no_more(mall: Stored) -> None:
    none_left = do(mall, TakeStock("tea", 10, 1))
    assert none_left == replace(TEN, on_hand=0, sold=10)
    take = TakeStock("tea", 1, 1)
    assert refusal(mall, *fenced(take, fact="x")) == [(take, none_left)]


@pytest.mark.parametrize("priced", [1, 3])
def test_pieces_are_taken_only_at_the_price_of_now(mall: Stored, priced: int) -> None:
    mall.store.commit([ChangeItem(item(points=900, version=2))])
    take = TakeStock("tea", 1, priced)
    stands = replace(TEN, item_version=2)
    assert refusal(mall, *fenced(take, fact="x")) == [(take, stands)]


def test_pieces_off_the_shelf_are_not_taken(mall: Stored) -> None:
    mall.store.commit([ChangeItem(item(status=ItemStatus.OFF_SHELF, version=2))])
    take = TakeStock("tea", 1, 2)
    stands = replace(TEN, item_version=2, on_shelf=False)
    assert refusal(mall, *fenced(take, fact="x")) == [(take, stands)]


def test_held_pieces_are_sold_once(mall: Stored) -> None:
    do(mall, TakeStock("tea", 3, 1, is_held=True))
    sold = do(mall, SellHeld("tea", 3))
    assert sold == replace(TEN, on_hand=7, sold=3)
    again = SellHeld("tea", 1)
    assert refusal(mall, *fenced(again, fact="x")) == [(again, sold)]


@pytest.mark.parametrize("was_held", [True, False])
def test_pieces_are_given_back_out_of_where_they_went_and_no_more(
    mall: Stored, was_held: bool
) -> None:
    do(mall, TakeStock("tea", 3, 1, is_held=was_held))
    left = do(mall, GiveBackStock("tea", 2, was_held))
    kept = replace(TEN, held=1) if was_held else replace(TEN, sold=1)
    assert left == replace(kept, on_hand=9)
    too_many = GiveBackStock("tea", 2, was_held)
    assert refusal(mall, *fenced(too_many, fact="x")) == [(too_many, left)]


def test_pieces_come_back_though_the_item_has_left_the_shelf(mall: Stored) -> None:
    do(mall, TakeStock("tea", 3, 1))
    mall.store.commit([ChangeItem(item(status=ItemStatus.OFF_SHELF, version=2))])
    assert do(mall, GiveBackStock("tea", 3, was_held=False)).on_hand == 10


def test_pieces_are_added_and_taken_off_by_hand_but_never_more_than_there_are(
    mall: Stored,
) -> None:
    assert do(mall, AddStock("tea", 5)) == replace(TEN, on_hand=15)
    none_left = do(mall, AddStock("tea", -15))
    assert none_left == replace(TEN, on_hand=0)
    too_many = AddStock("tea", -1)
    assert refusal(mall, *fenced(too_many, fact="x")) == [(too_many, none_left)]


def test_promised_pieces_are_counted_too(mall: Stored) -> None:
    assert do(mall, AddStock("tea", 5, uncovered=5)) == replace(TEN, on_hand=15, uncovered=5)
    assert do(mall, AddStock("tea", -2, uncovered=-7)) == replace(TEN, on_hand=13, uncovered=-2)


def test_codes_stand_behind_promised_pieces_once(mall: Stored) -> None:
    promised = do(mall, AddStock("tea", 5, uncovered=5))
    covered = do(mall, AddStock("tea", 0, uncovered=-5, uncovered_seen=5))
    assert covered == replace(promised, uncovered=0)
    again = AddStock("tea", 0, uncovered=-5, uncovered_seen=5)
    assert refusal(mall, *fenced(again, fact="x")) == [(again, covered)]


@pytest.mark.parametrize(
    "write",
    [
        TakeStock("ghost", 1, 1),
        SellHeld("ghost", 1),
        GiveBackStock("ghost", 1, was_held=True),
        AddStock("ghost", 1),
    ],
)
def test_an_item_that_does_not_exist_has_no_stock_to_move(mall: Stored, write: Write) -> None:
    assert refusal(mall, *fenced(write, fact="x")) == [(write, None)]


def test_the_pieces_of_each_day_are_counted_and_older_days_forgotten(mall: Stored) -> None:
    first, later = date(2026, 10, 20), date(2026, 11, 20)
    for day, pieces, is_held in ((first, 1, False), (later, 2, True), (later, 1, False)):
        at = datetime.combine(day, time(4), UTC)
        stands = do(mall, TakeStock("tea", pieces, 1, is_held, day, at))
    assert stands == replace(TEN, on_hand=6, held=2, sold=2)
    assert stands.taken == {later: 3}
    assert stands.last_taken_at == datetime.combine(later, time(4), UTC)


def test_a_day_that_is_thirty_days_ago_is_still_counted(mall: Stored) -> None:
    first, later = date(2026, 10, 21), date(2026, 11, 20)
    do(mall, TakeStock("tea", 1, 1, on=first))
    assert do(mall, TakeStock("tea", 1, 1, on=later)).taken == {first: 1, later: 1}


def test_pieces_that_are_taken_off_by_hand_leave_their_instant(mall: Stored) -> None:
    noon = datetime(2026, 11, 21, 4, tzinfo=UTC)
    gone = do(mall, AddStock("tea", -10, at=noon))
    assert (gone.on_hand, gone.last_taken_at) == (0, noon)
    back = do(mall, AddStock("tea", 4, at=noon + timedelta(hours=1)))
    assert (back.on_hand, back.last_taken_at) == (4, noon)
