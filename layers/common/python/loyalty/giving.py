"""Points for what members do besides buying: gifts, each an entry keyed by its own fact."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from loyalty.domain import acts
from loyalty.domain.account import Account, Outcome
from loyalty.domain.entry import Circumstances, Entry, EntryKey, entries_of
from loyalty.domain.programme import Programme
from loyalty.domain.writes import AddEntry, ChangeAccount, Write


@dataclass(frozen=True, slots=True)
class Gift:
    """Points under the key of the fact that they are given for, and why.

    ``actor``: who gives them; None: the member's own doing.
    """

    key: EntryKey
    points: int
    reason: str
    explanation: Mapping[str, object] = field(default_factory=dict)
    reference: str | None = None
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """Several acts on one account that happen in one write, each with a key of its own."""

    before: Account
    after: Account
    entries: tuple[Entry, ...] = ()

    @classmethod
    def on(cls, account: Account) -> "Together":
        """Begin: nothing has happened yet."""
        return cls(account, account)

    def then(self, outcome: Outcome, key: EntryKey, why: Circumstances) -> "Together":
        """Add what an act made of ``after``; its entries are recorded after those before it."""
        entries = entries_of(key, self.after, outcome.postings, why)
        return Together(self.before, outcome.account, (*self.entries, *entries))

    def give(self, programme: Programme, now: datetime, gifts: Sequence[Gift]) -> "Together":
        """Add gifts. Their lot is that of points earned today."""
        today, told = programme.today(now), self
        lot = programme.validity.expires_on(today)
        for gift in gifts:
            outcome = acts.earn(told.after, today, gift.points, lot)
            told = told.then(outcome, gift.key, told.why(gift, programme, now))
        return told

    def why(self, gift: Gift, programme: Programme, now: datetime) -> Circumstances:
        """Return the circumstances of the next gift: a microsecond after what stands here."""
        return Circumstances(
            occurred_at=now,
            recorded_at=now + timedelta(microseconds=len(self.entries)),
            reason=gift.reason,
            actor=gift.actor or f"member:{self.before.member_id}",
            reference=gift.reference,
            programme_version=programme.version,
            explanation=gift.explanation,
        )

    @property
    def writes(self) -> tuple[Write, ...]:
        """The account, if it changes, and the entries."""
        # What a claw-back lets go, it lets go of the account as it stands.
        lets_go = any("shortfall" in entry.explanation for entry in self.entries)
        changes = lets_go or self.after != self.before
        changed = [ChangeAccount(self.before, self.after)] if changes else []
        return (*changed, *map(AddEntry, self.entries))


def giving(
    account: Account, programme: Programme, now: datetime, gifts: Sequence[Gift]
) -> tuple[Write, ...]:
    """Return what giving some gifts at once writes."""
    return Together.on(account).give(programme, now, gifts).writes


def points_of(gifts: Sequence[Gift]) -> int:
    """Return what some gifts come to."""
    return sum(gift.points for gift in gifts)


def given_by(entry: Entry) -> int:
    """Return what an entry gave: to spend, or to repay a debt with."""
    return entry.points - entry.debt


def digest_of_fact(*parts: str) -> str:
    """Return a short name of a fact that tells nobody what it is about."""
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:20]
