"""What members and operators get."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from loyalty.api.schema import Instant, Schema
from loyalty.domain.account import Kind
from loyalty.domain.entry import Entry
from loyalty.domain.member import Member
from loyalty.domain.origin import without_origin
from member.lookup import Dossier
from member.reconciling import Reconciliation
from member.service import Balance


class LotView(Schema):
    """Points that share a last valid day; signed in entries. 2099-12-31: they never expire."""

    expires_on: date
    points: int


class BalanceView(Schema):
    """What a member can spend, has in open orders, waits for, and owes."""

    available: int
    held: int
    pending: int
    debt: int
    lots: list[LotView]
    next_expiry: LotView | None

    @classmethod
    def of(cls, balance: Balance) -> "BalanceView":
        """Show a balance."""
        next_lots = _lots([balance.next_expiry] if balance.next_expiry else [])
        return cls(
            available=balance.available,
            held=balance.held,
            pending=balance.pending,
            debt=balance.debt,
            lots=_lots(balance.lots.items()),
            next_expiry=next_lots[0] if next_lots else None,
        )


class EntryView(Schema):
    """One line of a statement: what changed, and why."""

    entry_id: str
    kind: Kind
    points: int
    held: int
    pending: int
    debt: int
    occurred_at: Instant
    recorded_at: Instant
    reason: str
    reference: str | None
    lots: list[LotView]
    explanation: dict[str, Any]

    @classmethod
    def of(cls, entry: Entry) -> "EntryView":
        """Show an entry to its member."""
        return cls(**_facts(entry) | {"explanation": without_origin(entry.explanation)})


class EntryList(Schema):
    """A part of a statement."""

    items: list[EntryView]
    next_cursor: str | None

    @classmethod
    def of(cls, entries: Iterable[Entry], next_cursor: str | None) -> "EntryList":
        """Show a part of a statement."""
        return cls(items=list(map(EntryView.of, entries)), next_cursor=next_cursor)


class AuditedEntry(EntryView):
    """One line of a statement as operators see it: also who made it, under which rules."""

    actor: str
    programme_version: int

    @classmethod
    def of(cls, entry: Entry) -> "AuditedEntry":
        """Show an entry."""
        return cls(**_facts(entry), actor=entry.actor, programme_version=entry.programme_version)


class AuditedEntryList(Schema):
    """A part of a statement, for operators."""

    items: list[AuditedEntry]
    next_cursor: str | None

    @classmethod
    def of(cls, entries: Iterable[Entry], next_cursor: str | None) -> "AuditedEntryList":
        """Show a part of a statement."""
        return cls(items=list(map(AuditedEntry.of, entries)), next_cursor=next_cursor)


class MemberSummary(Schema):
    """A member in a list."""

    member_id: str
    display_name: str | None
    phone: str | None
    email: str | None
    birthday: date | None
    tier: str | None
    tier_source: str | None
    tags: tuple[str, ...]
    joined_at: Instant


class MemberList(Schema):
    """Members that were found."""

    items: list[MemberSummary]
    next_cursor: str | None = None

    @classmethod
    def of(cls, members: Iterable[Member]) -> "MemberList":
        """Show members."""
        return cls(items=list(map(MemberSummary.model_validate, members)))


class MemberDetail(Schema):
    """All that operators see of a member; who has points but never came has no profile."""

    member_id: str
    profile: MemberSummary | None
    balance: BalanceView
    frozen_at: Instant | None

    @classmethod
    def of(cls, dossier: Dossier) -> "MemberDetail":
        """Show a member."""
        return cls(
            member_id=dossier.member_id,
            profile=dossier.profile and MemberSummary.model_validate(dossier.profile),
            balance=BalanceView.of(dossier.balance),
            frozen_at=dossier.account.frozen_at,
        )


class LinkView(Schema):
    """A shop's customer, and who it is."""

    source: str
    customer_id: str
    member_id: str
    linked_at: Instant
    linked_by: str


class DifferenceView(Schema):
    """One thing that the stored account says otherwise than its entries do."""

    what: str
    stored: int | date | None
    rebuilt: int | date | None


class ReconciliationView(Schema):
    """Whether an account is what its entries make it."""

    member_id: str
    version: int
    entries: int
    is_equal: bool
    differences: list[DifferenceView]

    @classmethod
    def of(cls, found: Reconciliation) -> "ReconciliationView":
        """Show a comparison."""
        return cls(
            member_id=found.member_id,
            version=found.stored.version,
            entries=found.rebuilt.entries,
            is_equal=not found.differences,
            differences=list(map(DifferenceView.model_validate, found.differences)),
        )


def _facts(entry: Entry) -> dict[str, Any]:
    return {
        "entry_id": entry.key.entry_id,
        "kind": entry.kind,
        "points": entry.points,
        "held": entry.held,
        "pending": entry.pending,
        "debt": entry.debt,
        "occurred_at": entry.occurred_at,
        "recorded_at": entry.recorded_at,
        "reason": entry.reason,
        "reference": entry.reference,
        "lots": _lots(entry.lots.items()),
        "explanation": dict(entry.explanation),
    }


def _lots(lots: Iterable[tuple[date, int]]) -> list[LotView]:
    return [LotView(expires_on=day, points=points) for day, points in sorted(lots)]
