"""Balances and the ledger behind them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from loyalty.domain.account import Account, Kind
from loyalty.domain.claw_back import LapsedLot
from loyalty.domain.entry import Entry, EntryKey
from loyalty.domain.order_book import OrderBook
from loyalty.domain.pending import PendingPoints
from loyalty.domain.rebuild import StoredAccount
from loyalty.ports.store import Page


@dataclass(frozen=True, slots=True)
class Stretch:
    """One of ``of`` equal parts of all accounts, from its beginning or after a position."""

    segment: int
    of: int
    after: Mapping[str, str] | None = None


class Accounts(Protocol):
    """Balances, and the indexes that sweeps read."""

    def account(self, member_id: str) -> Account:
        """Return an account; one that nothing was ever written to is empty, at version 0."""
        ...

    def pending(self, member_id: str, source: str, order_id: str) -> PendingPoints | None:
        """Return what of an order waits for the end of its return window."""
        ...

    def due_to_lapse(self, before: date) -> Iterable[str]:
        """Yield members with a lot whose last valid day lies before a day."""
        ...

    def due_to_mature(self, until: date) -> Iterable[PendingPoints]:
        """Yield pending rows usable on or before a day (as the index knows them)."""
        ...

    def stored(self, member_id: str) -> StoredAccount:
        """Return an account's rows as they stand now, however wrong."""
        ...

    def members(self, stretch: Stretch, limit: int) -> Page[str]:
        """Return members with an account, about ``limit`` at a time; a page may be empty."""
        ...

    def every(self, stretch: Stretch, limit: int) -> Page[Account]:
        """Return accounts, at most ``limit`` at a time; a page may be empty before the end."""
        ...


class Ledger(Protocol):
    """Entries: put once, never changed."""

    def entry(self, key: EntryKey) -> Entry | None:
        """Return one entry."""
        ...

    def entries_under(self, partition: str, prefix: str) -> Sequence[Entry]:
        """Return the entries whose facts begin so, in the order of their facts."""
        ...

    def book(self, source: str, order_id: str) -> OrderBook:
        """Return what is known of a shop's order: from its state, its tombstone or its entry."""
        ...

    def lapsed_lot(self, member_id: str, lot: date) -> LapsedLot:
        """Return what has lapsed in a lot, and how much of it is counted."""
        ...

    def statement(
        self,
        member_id: str,
        *,
        kind: Kind | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
        limit: int = 20,
        position: Mapping[str, str] | None = None,
    ) -> Page[Entry]:
        """Return a member's entries, newest first."""
        ...

    def every(
        self,
        stretch: Stretch,
        limit: int,
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Page[Entry]:
        """Return entries recorded in a span, at most ``limit`` at a time, in no order.

        A page may be empty before the end.
        """
        ...

    def paid_orders(
        self,
        since: datetime,
        until: datetime,
        *,
        limit: int,
        position: Mapping[str, str] | None = None,
    ) -> Page[Entry]:
        """Return `paid` entries recorded in a span, in no order.

        A call looks at ``limit`` rows of the whole ledger, so a page may be empty before the end.
        """
        ...
