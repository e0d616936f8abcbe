"""The review: rules and people decide, and the state machine carries the decision out.

The order's row is the truth. A decision is written to it first and signalled after, so whatever
a broken machine leaves undone, the hourly sweep finds in the row and finishes.
"""

from dataclasses import dataclass, replace

from loyalty.auditing import OperatorAct, record_of
from loyalty.domain import acts
from loyalty.domain.account import Account
from loyalty.domain.audit import Operator
from loyalty.domain.entry import EntryKey
from loyalty.domain.errors import AlreadyDecided, Forbidden, IdempotencyKeyReused
from loyalty.domain.redemption import Decision, Redemption, Review, Status, Verdict
from loyalty.domain.writes import AddAudit, ChangeRedemption, SellHeld, Write
from loyalty.ports import Mall
from loyalty.posting import changes, until_it_holds
from redeem.booking import commit_or_race, existing, payment_from, why
from redeem.cancel import undo

SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Word:
    """What a reviewer says; under one key it is said once."""

    verdict: Verdict
    reason: str
    key: str

    def act(self, reviewer: Operator, redemption_id: str) -> OperatorAct:
        """Return the word as an act, the same whenever it is repeated."""
        return OperatorAct(
            reviewer,
            "redemption.decide",
            redemption_id,
            self.key,
            request=[self.verdict.value, self.reason],
            reason=self.reason,
            before={"status": Status.PENDING_REVIEW.value},
            after={"verdict": self.verdict.value},
        )


def decide(mall: Mall, reviewer: Operator, redemption_id: str, word: Word) -> Redemption:
    """Write a reviewer's word to the order, then wake its execution.

    Raises:
        NotFound: there is no such redemption.
        Forbidden: it is the reviewer's own, or this reviewer has approved it already.
        AlreadyDecided: its review has ended.
        IdempotencyKeyReused: the key stands for another word.
    """

    def attempt(_: Account | None) -> Redemption:
        redemption = existing(mall, redemption_id)
        act = word.act(reviewer, redemption_id)
        if _said_before(redemption, word, act.act_id):
            return redemption
        review = _open_review(redemption)
        reviewer.acts_for_others(redemption.member_id)
        if any(d.decided_by == reviewer.subject for d in review.decisions):
            raise Forbidden("A second approval needs a second pair of eyes.")
        now = mall.clock.now()
        decision = Decision(word.verdict, word.reason, reviewer.subject, now, act.act_id)
        decided = _with_decision(redemption, review, decision)
        commit_or_race(mall, [ChangeRedemption(decided), AddAudit(record_of(mall, act))])
        return decided

    decided = until_it_holds(attempt)
    _wake(mall, decided)
    return decided


def apply_rules(mall: Mall, redemption_id: str) -> str:
    """Let automatic rules decide; answer ``approve``, ``reject``, ``cancelled`` or ``person``."""

    def attempt(_: Account | None) -> str:
        redemption = existing(mall, redemption_id)
        review = redemption.review
        if redemption.status is not Status.PENDING_REVIEW or review is None:
            return "cancelled"
        if review.verdict:
            return review.verdict.value
        if mall.accounts.account(redemption.member_id).frozen_at is None:
            return "person"
        decision = Decision(Verdict.REJECT, "account-frozen", SYSTEM, mall.clock.now())
        commit_or_race(mall, [ChangeRedemption(_with_decision(redemption, review, decision))])
        return decision.verdict.value

    return until_it_holds(attempt)


def await_person(mall: Mall, redemption_id: str, task_token: str) -> None:
    """Keep the token that resumes the machine; go on at once if all is decided by now."""

    def attempt(_: Account | None) -> Redemption:
        redemption = existing(mall, redemption_id)
        if redemption.status is not Status.PENDING_REVIEW or redemption.review is None:
            return redemption
        review = replace(redemption.review, task_token=task_token)
        kept = replace(redemption, review=review, version=redemption.version + 1)
        commit_or_race(mall, [ChangeRedemption(kept)])
        return kept

    kept = until_it_holds(attempt)
    if kept.status is not Status.PENDING_REVIEW:
        mall.review_flow.resume(task_token, "cancelled")
    _wake(mall, kept)


def conclude(mall: Mall, redemption_id: str) -> Redemption:
    """Carry out what the row says: capture (or ask for the money), or release with the reason.

    Without a decision the review has run out of time.

    Raises:
        NotFound: there is no such redemption.
    """

    def attempt(fresh: Account | None) -> Redemption:
        redemption = existing(mall, redemption_id)
        review = redemption.review
        if redemption.status is not Status.PENDING_REVIEW or review is None:
            return redemption
        if review.verdict is Verdict.APPROVE:
            asks_money = redemption.cash is not None
            return (
                _await_money(mall, redemption) if asks_money else _capture(mall, redemption, fresh)
            )
        rejection = review.decisions[-1] if review.verdict else None
        return undo(
            mall,
            redemption,
            Status.REJECTED if rejection else Status.REVIEW_EXPIRED,
            fresh,
            actor=_actor(rejection),
            is_ours=True,
            note=rejection.reason if rejection else None,
        )

    return until_it_holds(attempt)


def _actor(rejection: Decision | None) -> str:
    """Who gives a hold back: the reviewer who rejected it, or rules and time."""
    by = rejection.decided_by if rejection else SYSTEM
    return SYSTEM if by == SYSTEM else f"operator:{by}"


def _await_money(mall: Mall, redemption: Redemption) -> Redemption:
    """Hold on to points and pieces: what is approved is taken once the money has come."""
    now = mall.clock.now()
    approved = redemption.reach(Status.PENDING_PAYMENT, now)
    waiting = replace(approved, payment=payment_from(mall.programmes.live(), now))
    commit_or_race(mall, [ChangeRedemption(waiting)])
    return waiting


def _capture(mall: Mall, redemption: Redemption, fresh: Account | None) -> Redemption:
    now, programme = mall.clock.now(), mall.programmes.live()
    account = fresh or mall.accounts.account(redemption.member_id)
    outcome, _ = acts.capture(account, programme.today(now), redemption.draws)
    confirmed = redemption.reach(Status.CONFIRMED, now)
    key = EntryKey(redemption.partition, "capture")
    writes: list[Write] = [
        ChangeRedemption(confirmed),
        *changes(account, outcome, key, why(redemption, now, "approved", SYSTEM)),
        SellHeld(redemption.item_id, redemption.quantity),
    ]
    commit_or_race(mall, writes)
    return confirmed


def _said_before(redemption: Redemption, word: Word, act_id: str) -> bool:
    decisions = redemption.review.decisions if redemption.review else ()
    for earlier in decisions:
        if earlier.act_id == act_id:
            if (earlier.verdict, earlier.reason) != (word.verdict, word.reason):
                raise IdempotencyKeyReused
            return True
    return False


def _open_review(redemption: Redemption) -> Review:
    review = redemption.review
    if review is None or review.verdict or redemption.status is not Status.PENDING_REVIEW:
        raise AlreadyDecided(status=redemption.status)
    return review


def _with_decision(redemption: Redemption, review: Review, decision: Decision) -> Redemption:
    decided = replace(review, decisions=(*review.decisions, decision))
    return replace(redemption, review=decided, version=redemption.version + 1)


def _wake(mall: Mall, redemption: Redemption) -> None:
    review = redemption.review
    if review and review.verdict and review.task_token:
        mall.review_flow.resume(review.task_token, review.verdict.value)
