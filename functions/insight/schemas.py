"""What whoever audits asks for, and gets."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Annotated, Any

from aws_lambda_powertools.event_handler.openapi.params import Query
from pydantic import AfterValidator, AwareDatetime

from insight.reading import Wanted
from loyalty.api.schema import Instant, Schema
from loyalty.domain.audit import AuditRecord
from loyalty.domain.errors import Invalid

YEARS = range(1970, 3000)


def _in_reach(instant: datetime) -> datetime:
    if instant.year not in YEARS:
        raise ValueError("An instant of these times is expected.")
    return instant.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_in_reach)]
Actor = Annotated[str | None, Query(max_length=128, description="Only acts of this operator.")]
Subject = Annotated[
    str | None,
    Query(max_length=200, description="Only acts on this: `member:…`, `item:…`, `redemption:…`."),
]
From = Annotated[Moment | None, Query(alias="from", description="An instant (inclusive).")]
To = Annotated[Moment | None, Query(alias="to", description="An instant (exclusive).")]


class AuditedAct(Schema):
    """One act of an operator."""

    act_id: str
    act: str
    actor: str
    role: str
    subject: str
    at: Instant
    request_id: str
    reason: str | None
    before: dict[str, Any]
    after: dict[str, Any]

    @classmethod
    def of(cls, record: AuditRecord) -> "AuditedAct":
        """Show an act."""
        return cls(
            act_id=record.act_id,
            act=record.act,
            actor=record.actor,
            role=record.role,
            subject=record.subject,
            at=record.at,
            request_id=record.request_id,
            reason=record.reason,
            before=dict(record.before),
            after=dict(record.after),
        )


class AuditList(Schema):
    """A part of what operators did."""

    items: list[AuditedAct]
    next_cursor: str | None

    @classmethod
    def of(cls, records: Iterable[AuditRecord], next_cursor: str | None) -> "AuditList":
        """Show a part of it."""
        return cls(items=list(map(AuditedAct.of, records)), next_cursor=next_cursor)


def wanted(
    actor: str | None, subject: str | None, since: datetime | None, until: datetime | None
) -> Wanted:
    """Return which acts are asked for.

    Raises:
        Invalid: it ends before it begins.
    """
    if since and until and until <= since:
        raise Invalid.at("to", "This does not lie after `from`.")
    return Wanted(actor, subject, since, until)
