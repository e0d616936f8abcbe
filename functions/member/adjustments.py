"""Adjustments as operators send and get them."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from http import HTTPStatus
from typing import Annotated

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.event_handler.openapi.params import Query

from loyalty.api.schema import Instant, Reason, Schema
from loyalty.domain.adjustment import AdjustmentStatus, WaitingAdjustment
from loyalty.domain.entry import Entry
from loyalty.domain.redemption import Verdict
from member.approving import Word
from member.schemas import AuditedEntry


class Listed(StrEnum):
    """What may be listed."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"

    @property
    def status(self) -> AdjustmentStatus:
        """The status that it stands for."""
        waits = AdjustmentStatus.PENDING_APPROVAL
        return waits if self is Listed.PENDING else AdjustmentStatus(self.value)


InStatus = Annotated[Listed, Query(description="Only adjustments in this status.")]


class AdjustmentDecision(Schema):
    """A reviewer's word, and why."""

    decision: Verdict
    reason: Reason

    def word(self, key: str) -> Word:
        """Return it as it is said under a key."""
        return Word(self.decision, self.reason, key)


class AdjustmentView(Schema):
    """An adjustment that waits, or waited, for a second person."""

    adjustment_id: str
    member_id: str
    points: int
    reason: str
    expires_on: date | None
    status: AdjustmentStatus
    requested_by: str
    requested_at: Instant
    decided_by: str | None
    decided_at: Instant | None
    decision_reason: str | None


class AdjustmentList(Schema):
    """A part of the adjustments in a status."""

    items: list[AdjustmentView]
    next_cursor: str | None

    @classmethod
    def of(cls, waiting: Iterable[WaitingAdjustment], next_cursor: str | None) -> "AdjustmentList":
        """Show them."""
        views = list(map(AdjustmentView.model_validate, waiting))
        return cls(items=views, next_cursor=next_cursor)


Adjusted = AuditedEntry | AdjustmentView


def shown(made: Entry | WaitingAdjustment) -> Response[Adjusted]:
    """Show what became of an adjustment: 201, or 202 where it waits."""
    if isinstance(made, Entry):
        return Response(HTTPStatus.CREATED, content_types.APPLICATION_JSON, AuditedEntry.of(made))
    view = AdjustmentView.model_validate(made)
    return Response(HTTPStatus.ACCEPTED, content_types.APPLICATION_JSON, view)
