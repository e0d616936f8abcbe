"""Use cases of reviewers: look at cases, and decide each of them once."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain.anomaly.finding import Case, CaseStatus
from loyalty.domain.audit import Operator
from loyalty.domain.errors import AlreadyDecided, NotFound
from loyalty.domain.writes import DecideCase
from loyalty.freezing import set_frozen
from loyalty.ports import Mall, Page, WriteRefused


class Decision(StrEnum):
    """A reviewer's word: `dismiss` leaves the accounts as they are."""

    DISMISS = "dismiss"
    FREEZE = "freeze"
    UNFREEZE = "unfreeze"


def list_cases(
    mall: Mall, status: CaseStatus, limit: int, position: Mapping[str, str] | None
) -> Page[Case]:
    """Return a part of the cases of a status, the oldest finding first."""
    return mall.anomalies.in_status(status, limit=limit, position=position)


def existing(mall: Mall, anomaly_id: str) -> Case:
    """Return a case.

    Raises:
        NotFound: there is none.
    """
    case = mall.anomalies.case(anomaly_id)
    if case is None:
        raise NotFound("There is no such case.")
    return case


def decide_case(
    mall: Mall, operator: Operator, anomaly_id: str, key: str, decision: Decision, reason: str
) -> Case:
    """Decide a case, once: freeze its accounts, unfreeze them, or leave them as they are.

    Accounts come first, each in a write of its own, the case last: a decision that broke off is
    finished by its repetition.

    Raises:
        NotFound: there is no such case.
        Forbidden: the operator is one of its members.
        AlreadyDecided: somebody has decided it.
        IdempotencyKeyReused: the key came with another decision before.
        Busy: an account changes all the time; the same key goes on.
    """
    case = existing(mall, anomaly_id)
    for member_id in case.members:
        operator.acts_for_others(member_id)
    act = _act(operator, case, key, decision, reason)
    if case.status is not CaseStatus.OPEN and not mall.trail.record(act.subject, act.act_id):
        raise _decided(case)
    if case.status is CaseStatus.OPEN and decision is not Decision.DISMISS:
        is_frozen = decision is Decision.FREEZE
        for member_id in case.members:
            set_frozen(mall, operator, act.act_id, member_id, reason, is_frozen=is_frozen)
    decided = replace(
        case,
        status=_status(decision),
        decision=decision.value,
        reason=reason,
        decided_by=operator.subject,
        decided_at=mall.clock.now(),
        version=case.version + 1,
    )
    try:
        earlier = commit_once(mall, act, [DecideCase(decided)])
    except WriteRefused as refused:
        raise _decided(existing(mall, anomaly_id)) from refused
    return existing(mall, anomaly_id) if earlier else decided


def _act(operator: Operator, case: Case, key: str, decision: Decision, reason: str) -> OperatorAct:
    return OperatorAct(
        operator,
        "anomaly.decide",
        case.anomaly_id,
        key,
        request=[decision, reason],
        reason=reason,
        before={"status": CaseStatus.OPEN.value},
        after={"status": _status(decision).value, "decision": decision.value},
    )


def _status(decision: Decision) -> CaseStatus:
    return CaseStatus.CONFIRMED if decision is Decision.FREEZE else CaseStatus.DISMISSED


def _decided(case: Case) -> AlreadyDecided:
    return AlreadyDecided("Somebody has decided this case.", status=case.status.value)
