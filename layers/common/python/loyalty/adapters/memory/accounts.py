"""Accounts, remembered."""

from collections.abc import Iterator
from datetime import date
from zlib import crc32

from loyalty.adapters.memory.rows import Rows, due_first
from loyalty.domain.account import Account
from loyalty.domain.pending import PendingPoints
from loyalty.domain.rebuild import StoredAccount
from loyalty.ports import Page, Stretch


class MemoryAccounts:
    """Keeps `Accounts`' promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def account(self, member_id: str) -> Account:
        """Return an account; one that nothing was ever written to is empty, at version 0."""
        return self._rows.get(Account, "account", member_id) or Account(member_id)

    def pending(self, member_id: str, source: str, order_id: str) -> PendingPoints | None:
        """Return what of an order waits for the end of its return window."""
        return self._rows.get(PendingPoints, "pending", member_id, source, order_id)

    def due_to_lapse(self, before: date) -> Iterator[str]:
        """Yield members with a lot whose last valid day lies before a day."""
        for account in self._rows.under(Account, "account"):
            if account.next_expiry is not None and account.next_expiry < before:
                yield account.member_id

    def due_to_mature(self, until: date) -> Iterator[PendingPoints]:
        """Yield pending rows usable on or before a day."""
        for pending in self._rows.under(PendingPoints, "pending"):
            if pending.usable_on <= until:
                yield pending

    def stored(self, member_id: str) -> StoredAccount:
        """Return an account's rows as they stand now."""
        with self._rows.lock:
            account = self.account(member_id)
            waiting = self._rows.under(PendingPoints, "pending", member_id)
        return StoredAccount(
            member_id,
            account.lots,
            account.held,
            account.pending,
            account.debt,
            account.next_expiry,
            account.frozen_at,
            account.version,
            tuple(waiting),
        )

    def members(self, stretch: Stretch, limit: int) -> Page[str]:
        """Return members with an account, about ``limit`` at a time."""
        accounts = self._rows.under(Account, "account")
        ids = [it.member_id for it in accounts if _segment(it, stretch.of) == stretch.segment]
        return due_first(ids, str, limit, stretch.after)

    def every(self, stretch: Stretch, limit: int) -> Page[Account]:
        """Return accounts, at most ``limit`` at a time."""
        page = self.members(stretch, limit)
        return Page(list(map(self.account, page.items)), page.next_position)


def _segment(account: Account, of: int) -> int:
    return crc32(account.member_id.encode()) % of
