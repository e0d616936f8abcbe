"""Use cases of four eyes: large adjustments wait until a second person has said yes."""

from collections.abc import Mapping
from dataclasses import dataclass

from loyalty.auditing import OperatorAct, record_of
from loyalty.domain.account import Account
from loyalty.domain.adjustment import AdjustmentStatus, WaitingAdjustment
from loyalty.domain.audit import Operator
from loyalty.domain.errors import Forbidden, IdempotencyKeyReused, NotFound
from loyalty.domain.redemption import Verdict
from loyalty.domain.writes import AddAudit, DecideAdjustment, Write
from loyalty.ports import Mall, Page, WriteRefused
from loyalty.posting import LostRace, commit, until_it_holds
from member.adjusting import booking_of
from member.lookup import existing


@dataclass(frozen=True, slots=True)
class Word:
    """A reviewer's word; under one key it is said once."""

    verdict: Verdict
    reason: str
    key: str


_BECOMES = {
    Verdict.APPROVE: AdjustmentStatus.APPROVED,
    Verdict.REJECT: AdjustmentStatus.REJECTED,
}


def list_adjustments(
    mall: Mall, status: AdjustmentStatus, limit: int, position: Mapping[str, str] | None
) -> Page[WaitingAdjustment]:
    """Return a part of the adjustments of a status, the oldest request first."""
    return mall.adjustments.in_status(status, limit=limit, position=position)


def decide_adjustment(
    mall: Mall, reviewer: Operator, adjustment_id: str, word: Word
) -> WaitingAdjustment:
    """Carry a waiting adjustment out, or put it away; once.

    Raises:
        NotFound: there is no such adjustment.
        Forbidden: it is the reviewer's own points, or own request.
        AlreadyDecided: somebody has decided it.
        Invalid: the day that its points should expire has passed.
        InsufficientPoints: fewer points are available than are to be taken; it goes on waiting.
        IdempotencyKeyReused: the key stands for another word.
        Busy: the account changes all the time.
    """

    def attempt(fresh: Account | None) -> WaitingAdjustment:
        waiting = mall.adjustments.adjustment(adjustment_id)
        if waiting is None:
            raise NotFound("There is no such adjustment.")
        act = _act(reviewer, waiting, word)
        if waiting.decision_act_id == act.act_id:
            return _said_before(waiting, word)
        reviewer.acts_for_others(waiting.member_id)
        if waiting.requested_by == reviewer.subject:
            raise Forbidden("This needs a second pair of eyes.")
        now, becomes = mall.clock.now(), _BECOMES[word.verdict]
        decided = waiting.decided(becomes, reviewer.subject, now, word.reason, act.act_id)
        writes: list[Write] = [AddAudit(record_of(mall, act)), DecideAdjustment(decided)]
        if word.verdict is Verdict.APPROVE:
            account = fresh or existing(mall, waiting.member_id)[1]
            writes += booking_of(mall, account, decided)
        try:
            commit(mall, writes)
        except WriteRefused as refused:
            raise LostRace from refused
        return decided

    return until_it_holds(attempt)


def _act(reviewer: Operator, waiting: WaitingAdjustment, word: Word) -> OperatorAct:
    return OperatorAct(
        reviewer,
        "adjustment.decide",
        waiting.adjustment_id,
        word.key,
        request=[word.verdict.value, word.reason],
        reason=word.reason,
        before={"status": AdjustmentStatus.PENDING_APPROVAL.value},
        after={
            "status": _BECOMES[word.verdict].value,
            "member_id": waiting.member_id,
            "points": waiting.points,
        },
    )


def _said_before(waiting: WaitingAdjustment, word: Word) -> WaitingAdjustment:
    if (waiting.status, waiting.decision_reason) != (_BECOMES[word.verdict], word.reason):
        raise IdempotencyKeyReused
    return waiting
