"""The rows that one atomic write puts, changes or removes, and the condition each one carries.

A use case says what must hold; a store makes all of it true at once, or none of it, and then
tells which of the writes did not hold and what stands there instead (`ports.WriteRefused`).
Arithmetic on an account, stock or counter is only ever written together with a keyed row.
"""

from dataclasses import dataclass
from datetime import date

from loyalty.domain.account import Account
from loyalty.domain.audit import AuditRecord
from loyalty.domain.claw_back import LapsedLot
from loyalty.domain.entry import Entry
from loyalty.domain.item import Item, Stock
from loyalty.domain.member import CustomerLink, Member, WaitingEvent
from loyalty.domain.order_book import OrderBook
from loyalty.domain.pending import PendingPoints
from loyalty.domain.redemption import Redemption


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
class AddEntry:
    """Put an entry; holds while its fact is not booked."""

    entry: Entry


@dataclass(frozen=True, slots=True)
class ReplaceTombstone:
    """Put a ``paid`` entry where early news left a tombstone; holds while it is the one seen."""

    entry: Entry
    seen_version: int


@dataclass(frozen=True, slots=True)
class SaveBook:
    """Put an order's state; holds while the row's version is one less.

    Before the order itself has come, the state is a tombstone under its ``paid`` key.
    """

    book: OrderBook
    is_tombstone: bool


@dataclass(frozen=True, slots=True)
class CountLapsed:
    """Put a lapsed lot's count; holds while the row's version is one less."""

    lapsed: LapsedLot


@dataclass(frozen=True, slots=True)
class OpenPending:
    """Put an order's pending row; holds while there is none."""

    pending: PendingPoints


@dataclass(frozen=True, slots=True)
class ChangePending:
    """Change what a pending row holds; at 0 the row goes. Holds while its version was seen."""

    before: PendingPoints
    remaining: int


@dataclass(frozen=True, slots=True)
class OpenRedemption:
    """Put a redemption; holds while its id is free."""

    redemption: Redemption


@dataclass(frozen=True, slots=True)
class ChangeRedemption:
    """Replace a redemption; holds while the row's version is one less."""

    redemption: Redemption


@dataclass(frozen=True, slots=True)
class CountLimit:
    """Count pieces against a limit; holds while the sum stays within it. Negative: given back."""

    member_id: str
    item_id: str
    period: str
    pieces: int
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class TakeStock:
    """Take pieces; holds while enough are there, on the shelf, at the version that was priced."""

    item_id: str
    pieces: int
    item_version: int
    is_held: bool = False


@dataclass(frozen=True, slots=True)
class SellHeld:
    """Turn held pieces into sold ones."""

    item_id: str
    pieces: int


@dataclass(frozen=True, slots=True)
class GiveBackStock:
    """Put pieces back on hand, out of the held or the sold ones."""

    item_id: str
    pieces: int
    was_held: bool


@dataclass(frozen=True, slots=True)
class AddStock:
    """Add pieces, or take some off by hand; holds while none are missing after it.

    ``uncovered`` is added to the stock's own; with ``uncovered_seen`` this holds only while the
    stock's ``uncovered`` is what was seen.
    """

    item_id: str
    pieces: int
    uncovered: int = 0
    uncovered_seen: int | None = None


@dataclass(frozen=True, slots=True)
class AddItem:
    """Put a new item with its stock; holds while its id is free."""

    item: Item
    stock: Stock


@dataclass(frozen=True, slots=True)
class ChangeItem:
    """Replace an item, and what its stock repeats of it; holds while the row's version is one less.

    It makes two rows true, so its stock cannot be changed in the same commit.
    """

    item: Item


@dataclass(frozen=True, slots=True)
class AddCode:
    """Put a code into its item's pool, encrypted; holds while its digest never was in the pool.

    A code that was claimed stays known: importing it again must not hand it out twice.
    (Two rows, so two of the hundred actions that one commit may hold.)
    """

    item_id: str
    digest: str
    ciphertext: bytes


@dataclass(frozen=True, slots=True)
class ClaimCode:
    """Move a code from the pool to a redemption; holds while nobody else has claimed it."""

    item_id: str
    digest: str
    ciphertext: bytes
    redemption_id: str


@dataclass(frozen=True, slots=True)
class AddMember:
    """Put a member's profile; holds while there is none."""

    member: Member


@dataclass(frozen=True, slots=True)
class ChangeMember:
    """Replace a profile; holds while the row's version is one less."""

    member: Member


@dataclass(frozen=True, slots=True)
class AddLink:
    """Link a shop's customer; holds while nobody is linked to it."""

    link: CustomerLink


@dataclass(frozen=True, slots=True)
class AwaitLink:
    """Keep an order's news until its customer is linked; holds while nobody is."""

    event: WaitingEvent


@dataclass(frozen=True, slots=True)
class AddAudit:
    """Put an operator's act into the audit; holds while its id is free."""

    record: AuditRecord


Write = (
    CreditLot
    | CreditPending
    | ChangeAccount
    | AddEntry
    | ReplaceTombstone
    | SaveBook
    | CountLapsed
    | OpenPending
    | ChangePending
    | OpenRedemption
    | ChangeRedemption
    | CountLimit
    | TakeStock
    | SellHeld
    | GiveBackStock
    | AddStock
    | AddItem
    | ChangeItem
    | AddCode
    | ClaimCode
    | AddMember
    | ChangeMember
    | AddLink
    | AwaitLink
    | AddAudit
)
