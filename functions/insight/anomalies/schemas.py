"""Cases of what looks wrong, as reviewers see them."""

from collections.abc import Iterable
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query

from insight.anomalies.deciding import Decision
from loyalty.api.schema import Instant, Reason, Schema
from loyalty.domain.anomaly.finding import AnomalyKind, Case, CaseStatus

Status = Annotated[CaseStatus, Query(description="Only cases of this status.")]


class AnomalyView(Schema):
    """One case: what looks wrong, about whom, by which facts, and what became of it."""

    anomaly_id: str
    kind: AnomalyKind
    subject: str
    members: list[str]
    facts: dict[str, Any]
    found_at: Instant
    status: CaseStatus
    is_frozen: bool
    decision: Decision | None
    reason: str | None
    decided_by: str | None
    decided_at: Instant | None

    @classmethod
    def of(cls, case: Case) -> "AnomalyView":
        """Show a case."""
        return cls(
            anomaly_id=case.anomaly_id,
            kind=case.kind,
            subject=case.subject,
            members=list(case.members),
            facts=dict(case.facts),
            found_at=case.found_at,
            status=case.status,
            is_frozen=case.is_frozen,
            decision=Decision(case.decision) if case.decision else None,
            reason=case.reason,
            decided_by=case.decided_by,
            decided_at=case.decided_at,
        )


class AnomalyList(Schema):
    """A part of the cases, the oldest finding first."""

    items: list[AnomalyView]
    next_cursor: str | None

    @classmethod
    def of(cls, cases: Iterable[Case], next_cursor: str | None) -> "AnomalyList":
        """Show a part of them."""
        return cls(items=list(map(AnomalyView.of, cases)), next_cursor=next_cursor)


class AnomalyDecision(Schema):
    """A reviewer's word on a case."""

    decision: Decision
    reason: Reason
