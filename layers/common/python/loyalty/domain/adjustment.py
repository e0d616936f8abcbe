"""Adjustments that wait for a second pair of eyes."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from loyalty.domain.errors import AlreadyDecided


class AdjustmentStatus(StrEnum):
    """How far an adjustment has come."""

    PENDING_APPROVAL = "pending_approval"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class WaitingAdjustment:
    """What an operator wants, and what a reviewer said to it; ``act_id``s are the audit's."""

    adjustment_id: str
    member_id: str
    points: int
    reason: str
    requested_by: str
    requested_at: datetime
    expires_on: date | None = None
    status: AdjustmentStatus = AdjustmentStatus.PENDING_APPROVAL
    decided_by: str | None = None
    decided_at: datetime | None = None
    decision_reason: str | None = None
    decision_act_id: str | None = None
    version: int = 1

    def decided(
        self, status: AdjustmentStatus, by: str, at: datetime, reason: str, act_id: str
    ) -> "WaitingAdjustment":
        """Return it with a reviewer's word.

        Raises:
            AlreadyDecided: there was one.
        """
        if self.status is not AdjustmentStatus.PENDING_APPROVAL:
            raise AlreadyDecided(status=self.status)
        return replace(
            self,
            status=status,
            decided_by=by,
            decided_at=at,
            decision_reason=reason,
            decision_act_id=act_id,
            version=self.version + 1,
        )


def adjustment_id_of(act_id: str) -> str:
    """Return the id of the adjustment that an operator's act asks for.

    >>> adjustment_id_of("act_5d41402abc")
    'adj_5d41402abc'
    """
    return f"adj_{act_id.removeprefix('act_')}"
