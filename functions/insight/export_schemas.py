"""Balances and entries as they are exported."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Query

from loyalty.api.schema import Instant, Schema
from loyalty.domain.account import Account, Kind
from loyalty.domain.entry import Entry

MOST_PARTS = 64

PartNumber = Annotated[int, Query(ge=0, lt=MOST_PARTS, description="Which part of everything.")]
Parts = Annotated[
    int,
    Query(ge=1, le=MOST_PARTS, description="Into how many parts everything is divided."),
]


class ExportedLot(Schema):
    """Points that share a last valid day; signed in entries."""

    expires_on: date
    points: int


class ExportedBalance(Schema):
    """What one member has; ``lots`` are those that can still be spent."""

    member_id: str
    available: int
    held: int
    pending: int
    debt: int
    frozen_at: Instant | None
    lots: list[ExportedLot]

    @classmethod
    def of(cls, account: Account, today: date) -> "ExportedBalance":
        """Show an account as it is on a day."""
        lots = account.live_lots(today)
        return cls(
            member_id=account.member_id,
            available=sum(lots.values()),
            held=account.held,
            pending=account.pending,
            debt=account.debt,
            frozen_at=account.frozen_at,
            lots=_lots(lots.items()),
        )


class BalanceExport(Schema):
    """A part of all balances; it may be empty before the end."""

    items: list[ExportedBalance]
    next_cursor: str | None

    @classmethod
    def of(
        cls, accounts: Iterable[Account], today: date, next_cursor: str | None
    ) -> "BalanceExport":
        """Show some accounts."""
        items = [ExportedBalance.of(account, today) for account in accounts]
        return cls(items=items, next_cursor=next_cursor)


class ExportedEntry(Schema):
    """One line of the ledger."""

    entry_id: str
    member_id: str | None
    kind: Kind
    points: int
    held: int
    pending: int
    debt: int
    lots: list[ExportedLot]
    occurred_at: Instant
    recorded_at: Instant
    reason: str
    reference: str | None
    actor: str
    programme_version: int

    @classmethod
    def of(cls, entry: Entry) -> "ExportedEntry":
        """Show an entry."""
        return cls(
            entry_id=entry.key.entry_id,
            member_id=entry.member_id,
            kind=entry.kind,
            points=entry.points,
            held=entry.held,
            pending=entry.pending,
            debt=entry.debt,
            lots=_lots(entry.lots.items()),
            occurred_at=entry.occurred_at,
            recorded_at=entry.recorded_at,
            reason=entry.reason,
            reference=entry.reference,
            actor=entry.actor,
            programme_version=entry.programme_version,
        )


class EntryExport(Schema):
    """A part of all entries; it may be empty before the end."""

    items: list[ExportedEntry]
    next_cursor: str | None

    @classmethod
    def of(cls, entries: Iterable[Entry], next_cursor: str | None) -> "EntryExport":
        """Show some entries."""
        return cls(items=list(map(ExportedEntry.of, entries)), next_cursor=next_cursor)


def _lots(lots: Iterable[tuple[date, int]]) -> list[ExportedLot]:
    return [ExportedLot(expires_on=day, points=points) for day, points in sorted(lots)]
