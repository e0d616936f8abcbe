"""What the domain needs of the outside. Adapters keep these promises; fakes keep them too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, Protocol, TypeVar

from loyalty.domain.account import Account, Kind
from loyalty.domain.claw_back import LapsedLot
from loyalty.domain.entry import Entry, EntryKey
from loyalty.domain.events import Event
from loyalty.domain.item import Item, Stock
from loyalty.domain.member import CustomerLink, Member, WaitingEvent
from loyalty.domain.message import Message
from loyalty.domain.order_book import OrderBook
from loyalty.domain.pending import PendingPoints
from loyalty.domain.picture import PictureType, UploadForm
from loyalty.domain.programme import Programme
from loyalty.domain.redemption import Redemption
from loyalty.domain.writes import Write

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list, and where the next part begins."""

    items: Sequence[T]
    next_position: Mapping[str, str] | None = None


class WriteRefused(Exception):
    """Some writes of a commit did not hold; nothing was written.

    ``found`` gives, for each write that failed, what stands there instead (None: nothing).
    """

    def __init__(self, found: Sequence[tuple[Write, object | None]]) -> None:
        super().__init__(f"{len(found)} writes did not hold")
        self.found = found


class Clock(Protocol):
    """The time of the mall: travels in local and test stages only."""

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        ...


class Store(Protocol):
    """One atomic write over all tables."""

    def commit(self, writes: Iterable[Write]) -> None:
        """Make all of the writes true, or none.

        Raises:
            WriteRefused: a condition did not hold.
            Busy: conflicts or throttles went on for too long; nothing was written.
        """
        ...


class Programmes(Protocol):
    """The published rules."""

    def live(self) -> Programme:
        """Return the version in force."""
        ...


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


class Ledger(Protocol):
    """Entries: put once, never changed."""

    def entry(self, key: EntryKey) -> Entry | None:
        """Return one entry."""
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


class Redemptions(Protocol):
    """Orders for points."""

    def redemption(self, redemption_id: str) -> Redemption | None:
        """Return one redemption."""
        ...

    def of_member(
        self, member_id: str, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Redemption]:
        """Return a member's redemptions, newest first."""
        ...

    def count_since(self, member_id: str, since: datetime, at_most: int) -> int:
        """Return how many redemptions a member made since an instant, counted to ``at_most``."""
        ...

    def in_queue(
        self, queue: str, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Redemption]:
        """Return what waits in a queue (``review``, ``fulfilment``, ``shipment``), due first."""
        ...


class Catalog(Protocol):
    """Items, stock and codes."""

    def item(self, item_id: str, *, at_least: int | None = None) -> Item | None:
        """Return one item.

        With ``at_least``, one remembered for some seconds will do, if it is on the shelf and not
        older than that version: whoever charges its price repeats the version in `TakeStock`.
        """
        ...

    def stock(self, item_id: str) -> Stock | None:
        """Return an item's stock."""
        ...

    def stocks(self, item_ids: Sequence[str]) -> Mapping[str, Stock]:
        """Return the stock of several items."""
        ...

    def on_shelf(self) -> Iterable[Item]:
        """Yield what members may see, newest first."""
        ...

    def all_items(
        self, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Item]:
        """Return items whatever their status, newest first."""
        ...

    def free_codes(self, item_id: str, at_most: int) -> Sequence[tuple[str, bytes]]:
        """Return some codes of the pool as (digest, ciphertext), from a random place in it."""
        ...

    def claimed_code(self, redemption_id: str, code_id: str) -> bytes | None:
        """Return the ciphertext of a code that a redemption has claimed."""
        ...


class Members(Protocol):
    """Profiles, and the shop customers linked to them."""

    def member(self, member_id: str) -> Member | None:
        """Return a profile."""
        ...

    def find(self, contact: str) -> Sequence[Member]:
        """Return members with this phone or e-mail address."""
        ...

    def link(self, source: str, customer_id: str) -> CustomerLink | None:
        """Return who a shop's customer is."""
        ...

    def waiting(self, source: str, customer_id: str) -> Sequence[WaitingEvent]:
        """Return the news that waits for a customer to be linked, oldest first."""
        ...

    def done_waiting(self, event: WaitingEvent) -> None:
        """Forget news that has been booked."""
        ...


class Messages(Protocol):
    """The inbox."""

    def deliver(self, message: Message) -> bool:
        """Put a message into the inbox; False if it is there already."""
        ...

    def inbox(
        self, member_id: str, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Message]:
        """Return a member's messages, newest first."""
        ...

    def mark_mailed(self, message: Message) -> bool:
        """Note that a message goes out by e-mail; False if that was noted before."""
        ...

    def unmark_mailed(self, message: Message) -> None:
        """Take that note back: the mail certainly did not go out."""
        ...


class CodeCipher(Protocol):
    """Encrypts codes at rest."""

    def digest(self, code: str, item_id: str) -> str:
        """Return the code's fingerprint: keyed, so that short codes cannot be guessed from it."""
        ...

    def encrypt(self, code: str, item_id: str) -> bytes:
        """Return the ciphertext, bound to its item."""
        ...

    def decrypt(self, ciphertext: bytes, item_id: str) -> str:
        """Return the code."""
        ...


class PictureStore(Protocol):
    """Pictures of items."""

    def upload_form(self, path: str, kind: PictureType) -> UploadForm:
        """Return a form that takes one picture of this type, at this path, for a while."""
        ...


class ReviewFlow(Protocol):
    """The state machine that runs reviewed redemptions."""

    def start(self, redemption: Redemption) -> None:
        """Start its execution, named like the redemption; started before is fine."""
        ...

    def resume(self, task_token: str, outcome: str) -> None:
        """Tell a waiting execution how it goes on; one that has gone on already is fine."""
        ...


class MailNotSent(Exception):
    """The mail certainly did not go out: sending it again later sends it once."""


class Mailer(Protocol):
    """E-mail."""

    def send(self, to: str, subject: str, text: str) -> None:
        """Send one mail.

        Raises:
            MailNotSent: it was refused. Any other failure: it may have gone out.
        """
        ...


class EventsNotPublished(Exception):
    """Some events may not have reached the bus; publishing all of them again is harmless."""


class EventBus(Protocol):
    """Where others hear what happened."""

    def publish(self, events: Sequence[Event]) -> None:
        """Tell events, each at least once.

        Raises:
            EventsNotPublished: the bus did not take all of them.
        """
        ...


@dataclass(frozen=True, slots=True)
class WebhookSource:
    """A shop that sends webhooks: its software, and its secrets (two while they rotate)."""

    type: str
    secrets: tuple[str, ...]


class Secrets(Protocol):
    """What only the mall knows; remembered for a minute."""

    def cursor_key(self) -> bytes:
        """Return the key that signs the cursors of lists."""
        ...

    def webhook_sources(self) -> Mapping[str, WebhookSource]:
        """Return the configured shops by their names."""
        ...


class SettlementQueue(Protocol):
    """Accounts that a sweep found due, handed over in batches."""

    def add(self, member_ids: Sequence[str], pending: Sequence[PendingPoints]) -> None:
        """Queue members to settle, and pending rows to mature."""
        ...


class Mall(Protocol):
    """Everything outside, in one hand: what a use case takes as its first argument."""

    @property
    def clock(self) -> Clock:
        """The time."""
        ...

    @property
    def store(self) -> Store:
        """The atomic write."""
        ...

    @property
    def programmes(self) -> Programmes:
        """The published rules."""
        ...

    @property
    def accounts(self) -> Accounts:
        """Balances."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Entries."""
        ...

    @property
    def redemptions(self) -> Redemptions:
        """Orders for points."""
        ...

    @property
    def catalog(self) -> Catalog:
        """Items, stock and codes."""
        ...

    @property
    def members(self) -> Members:
        """Profiles and links."""
        ...

    @property
    def messages(self) -> Messages:
        """The inbox."""
        ...

    @property
    def cipher(self) -> CodeCipher:
        """Codes at rest."""
        ...

    @property
    def pictures(self) -> PictureStore:
        """Pictures of items."""
        ...

    @property
    def review_flow(self) -> ReviewFlow:
        """The state machine."""
        ...

    @property
    def mailer(self) -> Mailer | None:
        """E-mail; None: this mall sends none."""
        ...

    @property
    def event_bus(self) -> EventBus:
        """Where others hear what happened."""
        ...

    @property
    def settlement_queue(self) -> SettlementQueue:
        """Accounts to settle."""
        ...

    @property
    def secrets(self) -> Secrets:
        """Keys and shops' secrets."""
        ...
