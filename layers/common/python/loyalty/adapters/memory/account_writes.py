"""Writes to accounts and pending points, as the fakes make them true."""

from collections.abc import Iterator
from dataclasses import replace

from loyalty.adapters.memory.rows import Change, Rows
from loyalty.domain.account import Account, Kind, Posting, apply
from loyalty.domain.pending import PendingPoints
from loyalty.domain.writes import (
    ChangeAccount,
    ChangePending,
    CreditLot,
    CreditPending,
    OpenPending,
    RestoreAccount,
)

AccountWrite = (
    CreditLot | CreditPending | ChangeAccount | RestoreAccount | OpenPending | ChangePending
)


def account_changes(rows: Rows, write: AccountWrite) -> Iterator[Change]:
    """Yield what a write makes of the accounts' rows."""
    match write:
        case CreditLot(member_id, lot, points):
            found = rows.get(Account, "account", member_id)
            account = found or Account(member_id)
            earliest = account.next_expiry
            holds = not account.debt and (earliest is None or earliest <= lot)
            yield _credit(found, account, Posting(Kind.EARN, lots={lot: points}), holds)
        case CreditPending(member_id, points):
            found = rows.get(Account, "account", member_id)
            account = found or Account(member_id)
            yield _credit(found, account, Posting(Kind.EARN, pending=points), True)
        case ChangeAccount(before, after):
            assert before.member_id == after.member_id, "an account keeps its member"
            found = rows.get(Account, "account", before.member_id)
            holds = (found.version if found else 0) == before.version
            becomes = replace(after, version=before.version + 1)
            yield Change(("account", before.member_id), found, holds, becomes)
        case RestoreAccount(stored, after):
            found = rows.get(Account, "account", stored.member_id)
            holds = (found.version if found else 0) == stored.version
            yield Change(("account", stored.member_id), found, holds, after)
        case OpenPending() | ChangePending():
            yield _pending_change(rows, write)


def _credit(found: Account | None, account: Account, posting: Posting, holds: bool) -> Change:
    assert posting.available > 0 or posting.pending > 0, "a credit adds points"
    credited = replace(apply(account, posting), version=account.version + 1)
    return Change(("account", account.member_id), found, holds, credited)


def _pending_change(rows: Rows, write: OpenPending | ChangePending) -> Change:
    pending = write.pending if isinstance(write, OpenPending) else write.before
    key = ("pending", pending.member_id, pending.source, pending.order_id)
    found = rows.get(PendingPoints, *key)
    if isinstance(write, OpenPending):
        assert pending.remaining > 0, "a pending row holds points, or is gone"
        return Change(key, found, found is None, pending)
    assert write.remaining >= 0, "a pending row never owes"
    holds = found is not None and found.version == pending.version
    changed = replace(pending, remaining=write.remaining, version=pending.version + 1)
    return Change(key, found, holds, changed if write.remaining else None)
