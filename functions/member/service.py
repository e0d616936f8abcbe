"""Use cases of members themselves: their profile, their points, their statement."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from loyalty.congratulating import congratulate
from loyalty.domain.account import Account, Kind, Lots
from loyalty.domain.calendar import NEVER
from loyalty.domain.entry import Entry
from loyalty.domain.errors import Invalid
from loyalty.domain.member import Member
from loyalty.domain.writes import ChangeMember
from loyalty.joining import member_of
from loyalty.ports import Mall, Page, WriteRefused
from loyalty.posting import LostRace, until_it_holds
from member.tiers.progress import Myself, show_myself


@dataclass(frozen=True, slots=True)
class Balance:
    """What a member has on a day; ``lots`` are those that can still be spent."""

    available: int
    held: int
    pending: int
    debt: int
    lots: Lots

    @property
    def next_expiry(self) -> tuple[date, int] | None:
        """The earliest lot, unless its points never expire."""
        return next(((day, n) for day, n in self.lots.items() if day < NEVER), None)


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of a statement is asked for; None: all of it."""

    kind: Kind | None = None
    since: datetime | None = None
    until: datetime | None = None


def greet(mall: Mall, member_id: str) -> Myself:
    """Let a member come in: the first time as a new one, on a birthday with its points.

    Raises:
        Busy: the account or the profile changes all the time.
    """
    myself = show_myself(mall, member_id)
    congratulate(mall, myself.member)
    return myself


def change_me(mall: Mall, member_id: str, changes: Mapping[str, Any]) -> Member:
    """Change some fields of the member's profile.

    Raises:
        Invalid: the birthday lies ahead.
        Busy: the same profile is changed all the time.
    """
    require_past_birthday(mall, changes.get("birthday"))

    def attempt(_: object) -> Member:
        before = member_of(mall, member_id)
        after = before.changed(**changes)
        if all(getattr(before, name) == value for name, value in changes.items()):
            return before
        try:
            mall.store.commit([ChangeMember(after)])
        except WriteRefused as refused:
            raise LostRace from refused
        return after

    return until_it_holds(attempt)


def require_past_birthday(mall: Mall, birthday: date | None) -> None:
    """Insist that a birthday is not still to come, on the programme's day.

    Raises:
        Invalid: it is.
    """
    if birthday and birthday > mall.programmes.live().today(mall.clock.now()):
        raise Invalid.at("birthday", "This day is still to come.")


def show_balance(mall: Mall, member_id: str) -> Balance:
    """Return what the member has now; one small read, but for who never had any points."""
    account = mall.accounts.account(member_id)
    if not account.version:
        member_of(mall, member_id)
        account = mall.accounts.account(member_id)
    return balance_of(mall, account)


def balance_of(mall: Mall, account: Account) -> Balance:
    """Return what stands on an account that was read."""
    today = mall.programmes.live().today(mall.clock.now())
    lots = account.live_lots(today)
    return Balance(sum(lots.values()), account.held, account.pending, account.debt, lots)


def list_entries(
    mall: Mall, member_id: str, span: Span, limit: int, position: Mapping[str, str] | None
) -> Page[Entry]:
    """Return a part of the member's statement, newest first."""
    return mall.ledger.statement(
        member_id,
        kind=span.kind,
        since=span.since,
        until=span.until,
        limit=limit,
        position=position,
    )
