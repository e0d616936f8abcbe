"""Writes of the account and of the rows beside it."""

from dataclasses import dataclass
from datetime import date

from loyalty.domain.account import Account
from loyalty.domain.pending import PendingPoints
from loyalty.domain.rebuild import StoredAccount


@dataclass(frozen=True, slots=True)
class CreditLot:
    """Add points to a lot unread: holds without a debt and without an earlier lot."""

    member_id: str
    lot: date
    points: int


@dataclass(frozen=True, slots=True)
class CreditPending:
    """Add pending points unread: always holds."""

    member_id: str
    points: int


@dataclass(frozen=True, slots=True)
class ChangeAccount:
    """Replace an account; holds while its version is the one that was seen."""

    before: Account
    after: Account


@dataclass(frozen=True, slots=True)
class RestoreAccount:
    """Replace all that an account's row says; holds while its version is the one found."""

    found: StoredAccount
    after: Account


@dataclass(frozen=True, slots=True)
class OpenPending:
    """Put an order's pending row; holds while there is none."""

    pending: PendingPoints


@dataclass(frozen=True, slots=True)
class ChangePending:
    """Change what a pending row holds; at 0 the row goes. Holds while its version was seen."""

    before: PendingPoints
    remaining: int
