"""What surrounds the store, made up: time, rules, mail, the bus, the state machine, secrets."""

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from loyalty.domain.events import Event
from loyalty.domain.pending import PendingPoints
from loyalty.domain.picture import PictureType, UploadForm
from loyalty.domain.programme import CurrencyRates, Programme, Rate
from loyalty.domain.redemption import Redemption
from loyalty.ports import (
    EventsNotPublished,
    MailNotSent,
    PaymentSecrets,
    Stretch,
    WebhookSource,
)

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
"""When tests begin: noon in Shanghai."""

ONE_YUAN_A_POINT = Programme(version=1, rates={"CNY": CurrencyRates(Rate(1, Decimal(1)))})
"""The rules that tests begin with."""

CALLBACK_SECRET = f"whsec_{base64.b64encode(b'a secret of tests').decode()}"
"""With it the payment provider of tests signs its callbacks."""


class MemoryClock:
    """A clock that stands still unless it is told to travel."""

    def __init__(self, now: datetime = NOON) -> None:
        self._now = now

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        return self._now

    def travel(
        self, *, days: int = 0, hours: int = 0, minutes: int = 0, seconds: float = 0
    ) -> None:
        """Move on by a while."""
        self._now += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)

    def set(self, instant: datetime) -> None:
        """Move to an aware instant."""
        self._now = instant.astimezone(UTC)


class MemoryCipher:
    """Turns codes round: unreadable enough to see where somebody forgot to decrypt."""

    def digest(self, code: str, item_id: str) -> str:
        """Return the code's fingerprint."""
        return hashlib.sha256(f"{item_id}\n{code}".encode()).hexdigest()

    def encrypt(self, code: str, item_id: str) -> bytes:
        """Return the ciphertext, bound to its item."""
        return f"{item_id}\n{code}"[::-1].encode()

    def decrypt(self, ciphertext: bytes, item_id: str) -> str:
        """Return the code."""
        bound_to, _, code = ciphertext.decode()[::-1].partition("\n")
        if bound_to != item_id:
            raise ValueError("this ciphertext belongs to another item")
        return code


class MemoryPictureStore:
    """Makes forms up; nothing can be uploaded by them."""

    def upload_form(self, path: str, kind: PictureType) -> UploadForm:
        """Return a form that takes one picture of this type, at this path, for a while."""
        fields = {"key": path, "Content-Type": kind.value, "signature": "made up"}
        return UploadForm("https://uploads.example.com/", fields, 5_000_000, 900)


@dataclass(slots=True)
class MemoryReviewFlow:
    """Notes which executions were started, and how each waiting one was told to go on."""

    started: dict[str, Redemption] = field(default_factory=dict)
    resumed: dict[str, str] = field(default_factory=dict)

    def start(self, redemption: Redemption) -> None:
        """Start its execution; started before is fine."""
        self.started.setdefault(redemption.redemption_id, redemption)

    def resume(self, task_token: str, outcome: str) -> None:
        """Tell a waiting execution how it goes on; one that has gone on already is fine."""
        self.resumed.setdefault(task_token, outcome)


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that went out."""

    to: str
    subject: str
    text: str


@dataclass(slots=True)
class MemoryMailer:
    """Keeps the mails; while ``is_down`` it refuses them."""

    sent: list[Mail] = field(default_factory=list)
    is_down: bool = False

    def send(self, to: str, subject: str, text: str) -> None:
        """Send one mail."""
        if self.is_down:
            raise MailNotSent
        self.sent.append(Mail(to, subject, text))


@dataclass(slots=True)
class MemoryEventBus:
    """Keeps the events; while ``is_down`` it takes none."""

    published: list[Event] = field(default_factory=list)
    is_down: bool = False

    def publish(self, events: Sequence[Event]) -> None:
        """Tell events, each at least once."""
        if self.is_down:
            raise EventsNotPublished
        self.published += events


@dataclass(slots=True)
class MemorySettlementQueue:
    """Keeps what a sweep found due."""

    members: list[str] = field(default_factory=list)
    pending: list[PendingPoints] = field(default_factory=list)

    def add(self, member_ids: Sequence[str], pending: Sequence[PendingPoints]) -> None:
        """Queue members to settle, and pending rows to mature."""
        self.members += member_ids
        self.pending += pending


@dataclass(slots=True)
class MemoryPacketQueue:
    """Keeps the packets whose time is over."""

    packets: list[str] = field(default_factory=list)

    def add(self, packet_ids: Sequence[str]) -> None:
        """Queue packets."""
        self.packets += packet_ids


@dataclass(slots=True)
class MemoryReconcileQueue:
    """Keeps the parts that are to be compared."""

    stretches: list[Stretch] = field(default_factory=list)

    def add(self, stretches: Sequence[Stretch]) -> None:
        """Queue parts."""
        self.stretches += stretches


@dataclass(slots=True)
class MemorySecrets:
    """Secrets that are none."""

    key: bytes = b"a key for the cursors of tests"
    sources: dict[str, WebhookSource] = field(default_factory=dict)

    def cursor_key(self) -> bytes:
        """Return the key that signs the cursors of lists."""
        return self.key

    def webhook_sources(self) -> Mapping[str, WebhookSource]:
        """Return the configured shops by their names."""
        return self.sources

    def payments(self) -> PaymentSecrets:
        """Return what the mall and its payment provider know."""
        return PaymentSecrets("sandbox", "key-of-tests", (CALLBACK_SECRET,))
