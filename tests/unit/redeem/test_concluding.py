"""Carrying out what the row says: capture, or release with the reason; once."""

from dataclasses import replace

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.entry import EntryKey
from loyalty.domain.errors import NotFound
from loyalty.domain.item import Limits, Review, Stock
from loyalty.domain.redemption import Redemption, Status, Verdict
from loyalty.domain.writes import ChangeAccount
from redeem.review import apply_rules, await_person, conclude
from support.books import account_of, assert_explained, available, facts_of
from support.counter import Counter, put_on_shelf


@pytest.fixture
def waiting(mall: MemoryMall, counter: Counter) -> Redemption:
    """An order of twenty points that waits for a reviewer."""
    limits = Limits(per_member=2)
    put_on_shelf(mall, "itm_rare", points=10, stock=5, review=Review.ALWAYS, limits=limits)
    return counter.redeem(2, "itm_rare")


def freeze(mall: MemoryMall) -> None:
    account = account_of(mall)
    mall.store.commit([ChangeAccount(account, replace(account, frozen_at=mall.clock.now()))])


def test_an_approved_order_s_points_are_spent(
    mall: MemoryMall, counter: Counter, waiting: Redemption
) -> None:
    counter.decide(waiting, Verdict.APPROVE)
    confirmed = conclude(mall, waiting.redemption_id)
    assert confirmed.status is Status.CONFIRMED
    assert (available(mall), account_of(mall).held) == (80, 0)
    assert mall.catalog.stock("itm_rare") == Stock("itm_rare", 3, sold=2)
    entry = mall.ledger.entry(EntryKey(waiting.partition, "capture"))
    assert entry is not None
    assert (entry.held, entry.points, entry.actor) == (-20, 0, "system")
    assert_explained(mall)


def test_a_rejected_order_s_points_and_pieces_go_back_and_the_member_is_told_why(
    mall: MemoryMall, counter: Counter, waiting: Redemption
) -> None:
    counter.decide(waiting, Verdict.REJECT, reason="too many in one day")
    rejected = conclude(mall, waiting.redemption_id)
    assert rejected.status is Status.REJECTED
    assert rejected.timeline[-1].note == "too many in one day"
    assert (available(mall), account_of(mall).held) == (100, 0)
    assert mall.catalog.stock("itm_rare") == Stock("itm_rare", 5)
    entry = mall.ledger.entry(EntryKey(waiting.partition, "release"))
    assert entry is not None
    assert (entry.reason, entry.actor) == ("rejected", "operator:reviewer-sub")
    counter.redeem(2, "itm_rare")
    assert_explained(mall)


def test_an_order_that_nobody_decided_has_run_out_of_time(
    mall: MemoryMall, waiting: Redemption
) -> None:
    expired = conclude(mall, waiting.redemption_id)
    assert (expired.status, expired.timeline[-1].note) == (Status.REVIEW_EXPIRED, None)
    assert available(mall) == 100
    entry = mall.ledger.entry(EntryKey(waiting.partition, "release"))
    assert entry is not None
    assert (entry.reason, entry.actor) == ("review_expired", "system")


@pytest.mark.parametrize("verdict", [None, *Verdict])
def test_concluding_again_changes_nothing(
    mall: MemoryMall, counter: Counter, waiting: Redemption, verdict: Verdict | None
) -> None:
    if verdict:
        counter.decide(waiting, verdict)
    first = conclude(mall, waiting.redemption_id)
    before = facts_of(mall)
    assert conclude(mall, waiting.redemption_id) == first
    assert facts_of(mall) == before


@pytest.mark.parametrize("verdict", Verdict)
def test_machine_and_sweep_at_once_conclude_once(
    mall: MemoryMall, counter: Counter, waiting: Redemption, verdict: Verdict
) -> None:
    counter.decide(waiting, verdict)
    mall.store.before_next_commit(lambda: conclude(mall, waiting.redemption_id))
    concluded = conclude(mall, waiting.redemption_id)
    assert len(concluded.timeline) == 2
    assert account_of(mall).held == 0
    assert_explained(mall)


def test_a_word_said_as_time_runs_out_counts(
    mall: MemoryMall, counter: Counter, waiting: Redemption
) -> None:
    mall.store.before_next_commit(lambda: counter.decide(waiting, Verdict.APPROVE))
    assert conclude(mall, waiting.redemption_id).status is Status.CONFIRMED
    assert available(mall) == 80


def test_the_rules_leave_an_ordinary_order_to_a_person(
    mall: MemoryMall, waiting: Redemption
) -> None:
    assert apply_rules(mall, waiting.redemption_id) == "person"


def test_the_rules_reject_the_order_of_an_account_frozen_meanwhile(
    mall: MemoryMall, waiting: Redemption
) -> None:
    freeze(mall)
    assert apply_rules(mall, waiting.redemption_id) == "reject"
    assert apply_rules(mall, waiting.redemption_id) == "reject", "asked again, the same"
    rejected = conclude(mall, waiting.redemption_id)
    assert (rejected.status, rejected.timeline[-1].note) == (Status.REJECTED, "account-frozen")
    entry = mall.ledger.entry(EntryKey(waiting.partition, "release"))
    assert entry is not None
    assert entry.actor == "system"


def test_the_rules_have_nothing_to_say_about_a_cancelled_order(
    mall: MemoryMall, counter: Counter, waiting: Redemption
) -> None:
    counter.cancel(waiting)
    assert apply_rules(mall, waiting.redemption_id) == "cancelled"


def test_the_rules_repeat_what_a_person_was_quicker_to_say(
    mall: MemoryMall, counter: Counter, waiting: Redemption
) -> None:
    counter.decide(waiting, Verdict.APPROVE)
    assert apply_rules(mall, waiting.redemption_id) == "approve"


def test_an_execution_that_comes_after_the_end_is_told_to_go_on(
    mall: MemoryMall, waiting: Redemption
) -> None:
    conclude(mall, waiting.redemption_id)
    await_person(mall, waiting.redemption_id, "late-token")
    assert mall.review_flow.resumed == {"late-token": "cancelled"}


def test_an_execution_started_anew_waits_with_its_new_token(
    mall: MemoryMall, counter: Counter, waiting: Redemption
) -> None:
    await_person(mall, waiting.redemption_id, "first-token")
    await_person(mall, waiting.redemption_id, "second-token")
    counter.decide(waiting, Verdict.APPROVE)
    assert mall.review_flow.resumed == {"second-token": "approve"}


@pytest.mark.parametrize("act", [conclude, apply_rules])
def test_nothing_is_done_about_an_unknown_order(mall: MemoryMall, act: object) -> None:
    with pytest.raises(NotFound):
        act(mall, "rdm_unknown")  # type: ignore[operator]
