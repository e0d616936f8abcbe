"""What a shop's order is worth, whatever the order in which its news arrive."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from loyalty.domain.order_book import Grant, OrderBook, points_refunded

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
TODAY, LOT, LATER = date(2026, 11, 21), date(2027, 11, 30), date(2027, 12, 31)
BOOK = OrderBook("standard", "A1")


def grant(points: int, *, base: int | None = None, lot: date = LOT, minutes: int = 0) -> Grant:
    as_of = NOON + timedelta(minutes=minutes)
    return Grant(points, Decimal(points if base is None else base), lot, as_of)


def paid(points: int, today: date = TODAY) -> OrderBook:
    return BOOK.paid("lin", grant(points), None, today)


@pytest.mark.parametrize(
    ("points", "base", "refunded", "taken"),
    [
        (10, "30", "0", 0),
        (10, "30", "2.99", 0),
        (10, "30", "3", 1),
        (10, "30", "29.99", 9),
        (10, "30", "30", 10),
        (10, "30", "45", 10),
        (7, "0.01", "0.01", 7),
        (7, "0", "0", 0),
        (7, "0", "0.01", 7),
        (0, "30", "30", 0),
    ],
)
def test_refunds_take_their_share_rounded_down(
    points: int, base: str, refunded: str, taken: int
) -> None:
    worth = Grant(points, Decimal(base), LOT, NOON)
    assert points_refunded(worth, Decimal(refunded)) == taken


def test_partial_refunds_add_up_to_exactly_what_one_would_have_taken() -> None:
    book = paid(10)
    for _ in range(3):
        book = book.refunded_by(Decimal("3.33"))
    assert book.net == paid(10).refunded_by(Decimal("9.99")).net == 1


def test_an_order_that_is_not_paid_keeps_nothing() -> None:
    assert BOOK.net == BOOK.refunded_by(Decimal(3)).net == BOOK.updated(grant(5), TODAY).net == 0


def test_a_cancelled_order_keeps_nothing_whenever_it_is_paid() -> None:
    assert paid(10).cancelled().net == 0
    assert BOOK.cancelled().paid("lin", grant(10), None, TODAY).net == 0


def test_the_newest_version_of_an_order_wins_whichever_arrives_last() -> None:
    first, second = grant(20, minutes=1), grant(30, minutes=2)
    assert paid(10).updated(first, TODAY).updated(second, TODAY).net == 30
    assert paid(10).updated(second, TODAY).updated(first, TODAY).net == 30
    assert BOOK.updated(second, TODAY).paid("lin", grant(10), None, TODAY).net == 30


def test_an_edit_older_than_the_payment_changes_nothing() -> None:
    older = grant(30, minutes=-5)
    assert paid(10).updated(older, TODAY) == paid(10)
    assert BOOK.updated(older, TODAY).paid("lin", grant(10), None, TODAY).net == 10


def test_an_edit_makes_points_neither_younger_nor_older() -> None:
    edit = grant(30, lot=LATER, minutes=1)
    for book in (
        paid(10).updated(edit, TODAY),
        BOOK.updated(edit, TODAY).paid("lin", grant(10), None, TODAY),
    ):
        assert book.grant is not None
        assert book.grant.lot == LOT


AFTER = LOT + timedelta(days=1)


def test_an_edit_adds_nothing_to_a_lot_that_has_passed() -> None:
    edited = paid(10).updated(grant(30, minutes=1), AFTER)
    assert edited.net == 10
    assert edited.refunded_by(Decimal(5)).net == 5


def test_an_edit_that_lowers_an_order_counts_after_its_lot_has_passed_too() -> None:
    assert paid(10).updated(grant(7, minutes=1), AFTER).net == 7


def test_a_late_edit_of_money_alone_cannot_make_refunds_smaller_after_the_fact() -> None:
    half_back = paid(10).refunded_by(Decimal(5))
    assert half_back.updated(grant(10, base=20, minutes=1), AFTER).net == 5


def test_a_late_edit_stands_against_older_ones_though_it_added_nothing() -> None:
    edited = paid(10).updated(grant(30, minutes=2), AFTER).updated(grant(5, minutes=1), AFTER)
    assert edited.net == 10


def test_an_order_whose_payment_arrives_after_its_lot_has_passed_grants_nothing() -> None:
    edited_in_time = BOOK.updated(grant(30, minutes=1), TODAY)
    late = edited_in_time.paid("lin", grant(10), None, AFTER)
    assert late.net == 0
    assert late.updated(grant(40, minutes=2), AFTER).net == 0
    assert late.refunded_by(Decimal(30)).net == 0


def test_the_book_lives_in_the_order_s_own_partition() -> None:
    assert BOOK.partition == "order:standard:A1"
