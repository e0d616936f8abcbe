"""Two at once on one account: whoever is second acts on what the first has left."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from expiry.service import settle
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account
from loyalty.domain.errors import AlreadyDecided, InsufficientPoints
from loyalty.domain.redemption import Status, Verdict
from redeem.review import conclude
from support.books import account_of, assert_explained, available, facts_of, on_day
from support.counter import Counter
from support.shop import Shop

DEC, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)
MIDNIGHT = datetime(2026, 12, 31, 16, tzinfo=UTC)
"""When 2027 begins in Shanghai."""

SECOND = timedelta(seconds=1)


def test_an_earning_that_slips_in_before_the_midnight_settlement_lapses_with_its_lot(
    mall: MemoryMall, shop: Shop
) -> None:
    shop.pays("A1", 5)
    paid_at = mall.clock.now()

    def earn_a_second_before_midnight() -> None:
        mall.clock.set(MIDNIGHT - SECOND)
        shop.pays("A2", 3, paid_at=paid_at)
        mall.clock.set(MIDNIGHT)

    mall.clock.set(MIDNIGHT)
    mall.store.before_next_commit(earn_a_second_before_midnight)
    settle(mall, "lin")
    assert account_of(mall).lots == {}
    assert_explained(mall)


def test_an_earning_that_arrives_after_the_midnight_settlement_is_lapsed_from_the_start(
    mall: MemoryMall, shop: Shop
) -> None:
    shop.pays("A1", 5)
    paid_at = mall.clock.now()

    def settle_at_midnight() -> None:
        mall.clock.set(MIDNIGHT)
        settle(mall, "lin")

    mall.clock.set(MIDNIGHT - SECOND)
    mall.store.before_next_commit(settle_at_midnight)
    shop.pays("A2", 3, paid_at=paid_at)
    assert available(mall) == 0
    assert settle(mall, "lin") == 1
    assert account_of(mall).lots == {}
    lapses = [fact for fact in facts_of(mall) if "/lapse:261231:" in fact]
    assert len(lapses) == 2
    assert_explained(mall)


def test_two_settlements_at_once_let_each_lot_lapse_once(mall: MemoryMall, shop: Shop) -> None:
    shop.pays("A1", 5)
    on_day(mall, NEW_YEAR)
    mall.store.before_next_commit(lambda: settle(mall, "lin"))
    assert settle(mall, "lin") == 0
    assert len([fact for fact in facts_of(mall) if "/lapse:" in fact]) == 1
    assert_explained(mall)


def test_a_spend_and_a_settlement_at_once_let_each_lot_lapse_once(
    mall: MemoryMall, shop: Shop, counter: Counter
) -> None:
    shop.pays("A1", 5)
    on_day(mall, NEW_YEAR)
    shop.pays("A2", 7)
    mall.store.before_next_commit(lambda: settle(mall, "lin"))
    counter.redeem(7)
    assert available(mall) == 0
    assert_explained(mall)


def test_the_last_points_are_spent_once_by_two_orders_at_once(
    mall: MemoryMall, shop: Shop, counter: Counter
) -> None:
    shop.pays("A1", 5)
    mall.store.before_next_commit(lambda: counter.redeem(5))
    with pytest.raises(InsufficientPoints) as refused:
        counter.redeem(5)
    assert refused.value.facts["available"] == 0
    assert_explained(mall)


def test_the_last_points_spent_the_reply_lost_the_same_key_again_gets_the_first_answer(
    mall: MemoryMall, shop: Shop, counter: Counter
) -> None:
    shop.pays("A1", 5)
    mall.store.lose_next_reply()
    first = counter.redeem(5, key="the-same-key")
    again = counter.redeem(5, key="the-same-key")
    assert first == again
    assert first.status is Status.CONFIRMED
    assert (available(mall), len(facts_of(mall))) == (0, 2)


def test_one_key_twice_at_once_is_one_redemption_and_one_answer(
    mall: MemoryMall, shop: Shop, counter: Counter
) -> None:
    shop.pays("A1", 10)
    answers = []
    mall.store.before_next_commit(lambda: answers.append(counter.redeem(5, key="the-same-key")))
    answers.append(counter.redeem(5, key="the-same-key"))
    assert answers[0] == answers[1]
    assert available(mall) == 5


def test_a_hold_is_resolved_once_by_a_cancellation_and_an_approval_at_once(
    mall: MemoryMall, shop: Shop, counter: Counter
) -> None:
    shop.pays("A1", 5)
    held = counter.redeem(5, "itm_rare")
    mall.store.before_next_commit(lambda: counter.cancel(held))
    with pytest.raises(AlreadyDecided):
        counter.decide(held, Verdict.APPROVE)
    assert (available(mall), account_of(mall).held) == (5, 0)
    assert_explained(mall)


def between_reads(mall: MemoryMall, act: Callable[[], object]) -> None:
    """Let somebody else act after what an attempt has read, and before it reads the account."""
    read = mall.accounts.account

    def act_then_read(member_id: str) -> Account:
        mall.accounts.account = read  # type: ignore[method-assign]
        act()
        return read(member_id)

    mall.accounts.account = act_then_read  # type: ignore[method-assign]


def test_a_hold_released_between_two_reads_is_not_released_again(
    mall: MemoryMall, shop: Shop, counter: Counter
) -> None:
    shop.pays("A1", 5)
    held = counter.redeem(5, "itm_rare")
    counter.decide(held, Verdict.REJECT)
    between_reads(mall, lambda: conclude(mall, held.redemption_id))
    assert conclude(mall, held.redemption_id).status is Status.REJECTED
    assert (available(mall), account_of(mall).held) == (5, 0)
    assert_explained(mall)
