"""Entries of the ledger: what happened to an account, keyed by the business fact."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from loyalty.domain.account import Account, Kind, Lots, Posting, no_lots


@dataclass(frozen=True, slots=True)
class EntryKey:
    """``partition`` names what it is about, ``fact`` what happened: no fact is booked twice."""

    partition: str
    fact: str

    @property
    def entry_id(self) -> str:
        """The key as one string, as callers see it."""
        return f"{self.partition}/{self.fact}"


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What entries of one act share: when, who, why, and under which rules."""

    occurred_at: datetime
    recorded_at: datetime
    reason: str
    actor: str
    reference: str | None = None
    programme_version: int = 0
    explanation: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a member's statement. Points are signed; instants are UTC."""

    key: EntryKey
    member_id: str | None
    kind: Kind
    occurred_at: datetime
    recorded_at: datetime
    reason: str
    actor: str
    lots: Lots = field(default_factory=no_lots)
    held: int = 0
    pending: int = 0
    debt: int = 0
    reference: str | None = None
    programme_version: int = 0
    explanation: Mapping[str, object] = field(default_factory=dict)

    @property
    def points(self) -> int:
        """The change of the points that can be spent."""
        return sum(self.lots.values())

    @property
    def posting(self) -> Posting:
        """The entry's effect on the account: how an account is rebuilt."""
        return Posting(self.kind, self.lots, self.held, self.pending, self.debt)


def entries_of(
    act: EntryKey, before: Account, postings: Iterable[Posting], why: Circumstances
) -> tuple[Entry, ...]:
    """Return the entries of one act: the act's own under its key, and one per lapsed lot.

    Entries of one act are recorded a microsecond apart, so that statements keep their order.
    """
    entries = []
    for place, posting in enumerate(postings):
        recorded_at = why.recorded_at + timedelta(microseconds=place)
        lapse = posting.kind is Kind.LAPSE
        entries.append(
            Entry(
                key=_lapse_key(before, posting, place) if lapse else act,
                member_id=before.member_id,
                kind=posting.kind,
                occurred_at=recorded_at if lapse else why.occurred_at,
                recorded_at=recorded_at,
                reason="lapsed" if lapse else why.reason,
                actor="system" if lapse else why.actor,
                lots=posting.lots,
                held=posting.held,
                pending=posting.pending,
                debt=posting.debt,
                reference=None if lapse else why.reference,
                programme_version=why.programme_version,
                explanation={} if lapse else {**why.explanation, **posting.facts},
            )
        )
    return tuple(entries)


def lapse_prefix(lot: date) -> str:
    """Return how the facts of all lapses of one lot begin."""
    return f"lapse:{lot:%y%m%d}:"


def seen_at_lapse(key: EntryKey) -> int:
    """Return the account's version that a lapse has seen; -1 for what is no lapse's key.

    >>> seen_at_lapse(EntryKey("member:lin", "lapse:271130:41:0"))
    41
    """
    parts = key.fact.split(":")
    return int(parts[2]) if parts[0] == "lapse" else -1


def _lapse_key(before: Account, posting: Posting, place: int) -> EntryKey:
    (lot,) = posting.lots
    # Only one act wins a version, and within it the place tells two lapses of a lot apart.
    return EntryKey(f"member:{before.member_id}", f"{lapse_prefix(lot)}{before.version}:{place}")
