"""Reviewers' words: written once, by somebody else's eyes, before anything is set in motion."""

from dataclasses import replace

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.errors import AlreadyDecided, Busy, Forbidden, IdempotencyKeyReused, NotFound
from loyalty.domain.item import Review
from loyalty.domain.programme import ReviewRules
from loyalty.domain.redemption import Redemption, Status, Verdict
from redeem.review import Word, await_person, conclude, decide
from support.counter import Counter, put_on_shelf, reviewer

APPROVE, REJECT = Verdict.APPROVE, Verdict.REJECT


@pytest.fixture
def waiting(mall: MemoryMall, counter: Counter) -> Redemption:
    """An order of ten points that waits for a reviewer, its execution too."""
    put_on_shelf(mall, "itm_rare", points=10, review=Review.ALWAYS)
    redemption = counter.redeem(1, "itm_rare")
    await_person(mall, redemption.redemption_id, "token")
    return redemption


@pytest.fixture
def four_eyes(mall: MemoryMall, counter: Counter) -> Redemption:
    """An order that needs two approvals."""
    rules = ReviewRules(four_eyes_above=15)
    mall.programmes.publish(replace(mall.programmes.live(), review=rules))
    put_on_shelf(mall, "itm_dear", points=20, review=Review.ALWAYS)
    redemption = counter.redeem(1, "itm_dear")
    await_person(mall, redemption.redemption_id, "token")
    return redemption


@pytest.mark.parametrize("verdict", Verdict)
def test_a_word_is_written_audited_and_wakes_the_execution(
    mall: MemoryMall, counter: Counter, waiting: Redemption, verdict: Verdict
) -> None:
    decided = counter.decide(waiting, verdict, reason="known customer")
    assert decided.status is Status.PENDING_REVIEW, "the machine carries it out"
    assert decided.review is not None
    (decision,) = decided.review.decisions
    assert (decision.verdict, decision.reason) == (verdict, "known customer")
    assert decision.decided_by == "reviewer-sub"
    assert mall.review_flow.resumed == {"token": verdict.value}
    (record,) = mall.audit
    assert (record.actor, record.role, record.reason) == (
        "reviewer-sub",
        "reviewer",
        "known customer",
    )
    assert waiting.redemption_id in record.subject
    assert record.after == {"verdict": verdict.value}


def test_a_word_said_before_the_execution_waits_wakes_it_when_it_does(
    mall: MemoryMall, counter: Counter
) -> None:
    put_on_shelf(mall, "itm_rare", review=Review.ALWAYS)
    redemption = counter.redeem(1, "itm_rare")
    counter.decide(redemption, APPROVE)
    assert mall.review_flow.resumed == {}
    await_person(mall, redemption.redemption_id, "token")
    assert mall.review_flow.resumed == {"token": "approve"}


def test_a_second_decision_is_too_late(
    mall: MemoryMall, counter: Counter, waiting: Redemption
) -> None:
    counter.decide(waiting, APPROVE)
    with pytest.raises(AlreadyDecided):
        counter.decide(waiting, REJECT, by="another-reviewer")
    conclude(mall, waiting.redemption_id)
    with pytest.raises(AlreadyDecided) as refused:
        counter.decide(waiting, REJECT, by="another-reviewer")
    assert refused.value.facts == {"status": Status.CONFIRMED}
    assert len(mall.audit) == 1


def test_of_two_decisions_at_once_the_first_stands(
    mall: MemoryMall, counter: Counter, waiting: Redemption
) -> None:
    mall.store.before_next_commit(lambda: counter.decide(waiting, REJECT, by="quick-reviewer"))
    with pytest.raises(AlreadyDecided):
        counter.decide(waiting, APPROVE)
    assert conclude(mall, waiting.redemption_id).status is Status.REJECTED


def test_a_word_repeated_under_its_key_is_said_once(
    mall: MemoryMall, counter: Counter, waiting: Redemption
) -> None:
    first = counter.decide(waiting, APPROVE, key="word-1")
    assert counter.decide(waiting, APPROVE, key="word-1") == first
    conclude(mall, waiting.redemption_id)
    assert counter.decide(waiting, APPROVE, key="word-1").status is Status.CONFIRMED
    assert len(mall.audit) == 1


def test_a_word_whose_answer_was_lost_is_said_once(
    mall: MemoryMall, counter: Counter, waiting: Redemption
) -> None:
    mall.store.lose_next_reply()
    with pytest.raises(Busy):
        counter.decide(waiting, APPROVE, key="word-1")
    assert mall.review_flow.resumed == {}
    counter.decide(waiting, APPROVE, key="word-1")
    assert mall.review_flow.resumed == {"token": "approve"}
    assert len(mall.audit) == 1


@pytest.mark.parametrize(("verdict", "reason"), [(REJECT, "as said"), (APPROVE, "otherwise")])
def test_another_word_under_the_same_key_is_refused(
    counter: Counter, waiting: Redemption, verdict: Verdict, reason: str
) -> None:
    counter.decide(waiting, APPROVE, reason="as said", key="word-1")
    with pytest.raises(IdempotencyKeyReused):
        counter.decide(waiting, verdict, reason=reason, key="word-1")


def test_nobody_decides_about_their_own_order(
    mall: MemoryMall, counter: Counter, waiting: Redemption
) -> None:
    with pytest.raises(Forbidden):
        counter.decide(waiting, APPROVE, by="lin")
    assert mall.audit == []


def test_there_is_nothing_to_decide_about_an_unknown_order(mall: MemoryMall) -> None:
    with pytest.raises(NotFound):
        decide(mall, reviewer(), "rdm_unknown", Word(APPROVE, "why not", "word-1"))


def test_an_order_that_nobody_reviews_cannot_be_decided(counter: Counter) -> None:
    with pytest.raises(AlreadyDecided):
        counter.decide(counter.redeem(1), APPROVE)


def test_above_the_limit_it_takes_four_eyes_to_approve(
    mall: MemoryMall, counter: Counter, four_eyes: Redemption
) -> None:
    once = counter.decide(four_eyes, APPROVE)
    assert once.review is not None
    assert (once.review.approvals, once.review.verdict) == (1, None)
    assert mall.review_flow.resumed == {}
    with pytest.raises(Forbidden):
        counter.decide(four_eyes, APPROVE)
    counter.decide(four_eyes, APPROVE, by="another-reviewer")
    assert mall.review_flow.resumed == {"token": "approve"}
    assert conclude(mall, four_eyes.redemption_id).status is Status.CONFIRMED


def test_two_approvals_at_once_are_both_written(
    mall: MemoryMall, counter: Counter, four_eyes: Redemption
) -> None:
    mall.store.before_next_commit(lambda: counter.decide(four_eyes, APPROVE, by="another"))
    decided = counter.decide(four_eyes, APPROVE)
    assert decided.review is not None
    assert [d.decided_by for d in decided.review.decisions] == ["another", "reviewer-sub"]
    assert len(mall.audit) == 2


def test_one_rejection_is_enough_though_it_takes_four_eyes_to_approve(
    mall: MemoryMall, counter: Counter, four_eyes: Redemption
) -> None:
    counter.decide(four_eyes, APPROVE)
    counter.decide(four_eyes, REJECT, by="another-reviewer")
    assert conclude(mall, four_eyes.redemption_id).status is Status.REJECTED
