"""Points that lapse while something else happens to them: each ordering by its name."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from expiry.service import settle
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.redemption import Status, Verdict
from redeem.review import conclude
from support.books import account_of, assert_explained, available, facts_of, on_day
from support.counter import Counter
from support.shop import Shop

NOV, DEC, JAN = date(2026, 11, 30), date(2026, 12, 31), date(2027, 1, 31)
NEW_YEAR = date(2027, 1, 1)
OCTOBER = datetime(2026, 10, 20, tzinfo=UTC)

Sweep = Callable[[MemoryMall], object]


def swept(mall: MemoryMall) -> None:
    settle(mall, "lin")


def unswept(_: MemoryMall) -> None:
    pass


either_way = pytest.mark.parametrize("sweep", [swept, unswept])


@either_way
def test_a_cancelled_review_s_points_lapse_if_their_lot_has_passed(
    mall: MemoryMall, shop: Shop, counter: Counter, sweep: Sweep
) -> None:
    shop.pays("A1", 10)
    held = counter.redeem(4, "itm_rare")
    on_day(mall, NEW_YEAR)
    sweep(mall)
    counter.cancel(held)
    assert account_of(mall).held == available(mall) == 0
    assert account_of(mall).lots == {}
    assert_explained(mall)


@either_way
def test_points_that_we_release_too_late_live_on_for_the_days_of_grace(
    mall: MemoryMall, shop: Shop, counter: Counter, sweep: Sweep
) -> None:
    shop.pays("A1", 10)
    held = counter.redeem(4, "itm_rare")
    on_day(mall, NEW_YEAR)
    sweep(mall)
    counter.decide(held, Verdict.REJECT)
    conclude(mall, held.redemption_id)
    assert account_of(mall).lots == {NEW_YEAR + timedelta(days=10): 4}
    on_day(mall, NEW_YEAR + timedelta(days=11))
    assert available(mall) == 0
    assert_explained(mall)


@either_way
def test_a_review_that_ran_out_of_time_gives_grace_as_a_rejection_does(
    mall: MemoryMall, shop: Shop, counter: Counter, sweep: Sweep
) -> None:
    shop.pays("A1", 10)
    held = counter.redeem(4, "itm_rare")
    on_day(mall, NEW_YEAR)
    sweep(mall)
    assert conclude(mall, held.redemption_id).status is Status.REVIEW_EXPIRED
    assert account_of(mall).lots == {NEW_YEAR + timedelta(days=10): 4}


@either_way
def test_a_hold_that_is_captured_after_its_lot_has_passed_is_spent(
    mall: MemoryMall, shop: Shop, counter: Counter, sweep: Sweep
) -> None:
    shop.pays("A1", 10)
    held = counter.redeem(4, "itm_rare")
    on_day(mall, NEW_YEAR)
    sweep(mall)
    counter.decide(held, Verdict.APPROVE)
    assert conclude(mall, held.redemption_id).status is Status.CONFIRMED
    assert (account_of(mall).held, account_of(mall).lots) == (0, {})
    assert_explained(mall)


@either_way
def test_a_claw_back_after_the_lapse_takes_nothing_that_was_not_given(
    mall: MemoryMall, shop: Shop, sweep: Sweep
) -> None:
    shop.pays("A1", 10)
    on_day(mall, NEW_YEAR)
    sweep(mall)
    shop.pays("A2", 7)
    assert shop.refunds("A1", 10).points == 10
    assert (available(mall), account_of(mall).debt) == (7, 0)
    assert_explained(mall)


@either_way
def test_a_claw_back_after_the_lapse_takes_what_had_been_spent_in_time(
    mall: MemoryMall, shop: Shop, counter: Counter, sweep: Sweep
) -> None:
    shop.pays("A1", 10)
    counter.redeem(6)
    on_day(mall, NEW_YEAR)
    sweep(mall)
    shop.pays("A2", 7)
    shop.refunds("A1", 10)
    assert available(mall) == 1, "four of the ten had lapsed, six are taken from what came later"
    assert_explained(mall)


@either_way
def test_two_refunded_orders_that_shared_a_lapsed_lot_count_what_lapsed_once(
    mall: MemoryMall, shop: Shop, counter: Counter, sweep: Sweep
) -> None:
    shop.pays("A1", 10)
    shop.pays("A2", 10)
    counter.redeem(15)
    on_day(mall, NEW_YEAR)
    sweep(mall)
    shop.pays("A3", 100)
    shop.refunds("A1", 10)
    assert available(mall) == 95, "five had lapsed"
    shop.refunds("A2", 10)
    assert available(mall) == 85, "and are not found a second time"
    assert_explained(mall)


def test_two_refunds_at_once_do_not_both_count_what_lapsed(
    mall: MemoryMall, shop: Shop, counter: Counter
) -> None:
    shop.pays("A1", 10)
    shop.pays("A2", 10)
    counter.redeem(15)
    on_day(mall, NEW_YEAR)
    settle(mall, "lin")
    shop.pays("A3", 100)
    mall.store.before_next_commit(lambda: shop.refunds("A2", 3))
    shop.refunds("A1", 3)
    assert available(mall) == 99, "five of the six had lapsed"
    assert_explained(mall)


def test_partial_refunds_of_one_order_count_what_lapsed_once_too(
    mall: MemoryMall, shop: Shop, counter: Counter
) -> None:
    shop.pays("A1", 10)
    counter.redeem(7)
    on_day(mall, NEW_YEAR)
    shop.pays("A2", 100)
    for refund_id in ("R1", "R2", "R3", "R4", "R5"):
        shop.refunds("A1", 2, refund_id)
    assert available(mall) == 93
    assert_explained(mall)


def test_points_given_back_into_a_lapsed_lot_count_for_a_later_claw_back(
    mall: MemoryMall, shop: Shop, counter: Counter
) -> None:
    shop.pays("A1", 10)
    spent = counter.redeem(10)
    on_day(mall, NEW_YEAR)
    counter.cancel(spent)
    shop.pays("A2", 7)
    shop.refunds("A1", 10)
    assert (available(mall), account_of(mall).debt) == (7, 0)


def test_an_earlier_lot_that_arrives_later_is_spent_first(
    mall: MemoryMall, shop: Shop, counter: Counter
) -> None:
    shop.pays("A1", 10)
    shop.pays("A0", 5, paid_at=OCTOBER)
    assert account_of(mall).lots == {NOV: 5, DEC: 10}
    assert counter.redeem(7).draws == {NOV: 5, DEC: 2}


def test_an_order_that_arrives_after_its_lot_has_passed_credits_nothing_and_says_so(
    mall: MemoryMall, shop: Shop
) -> None:
    on_day(mall, NEW_YEAR)
    receipt = shop.pays("A0", 5, paid_at=OCTOBER)
    assert (receipt.status, receipt.points) == ("credited", 0)
    assert receipt.reason == "lapsed-on-arrival"
    assert account_of(mall).version == 0, "an earn of nothing leaves the account alone"
    assert shop.refunds("A0", 5).points == 0
    assert account_of(mall).debt == 0


def test_redeeming_and_cancelling_a_hundred_times_over_the_lapse_lengthens_nothing(
    mall: MemoryMall, shop: Shop, counter: Counter
) -> None:
    shop.pays("A1", 5)
    shop.pays("A0", 5, paid_at=OCTOBER)
    open_orders = [counter.redeem(1, "itm_rare"), counter.redeem(1)]
    for turn in range(100):
        mall.clock.travel(hours=12)
        if available(mall):
            open_orders.append(counter.redeem(1, "itm_rare" if turn % 2 else "itm_tea"))
        if open_orders:
            counter.cancel(open_orders.pop(0))
        assert set(account_of(mall).lots) <= {NOV, DEC}
    assert available(mall) == account_of(mall).held == 0
    assert open_orders == []
    assert_explained(mall)


def test_two_redemptions_of_one_lapsed_lot_can_both_be_cancelled(
    mall: MemoryMall, shop: Shop, counter: Counter
) -> None:
    shop.pays("A1", 10)
    first, second = counter.redeem(5), counter.redeem(5)
    on_day(mall, NEW_YEAR)
    counter.cancel(first)
    counter.cancel(second)
    lapses = [fact for fact in facts_of(mall) if "/lapse:" in fact]
    assert len(lapses) == len(set(lapses)) == 2
    assert account_of(mall).lots == {}
    assert_explained(mall)
