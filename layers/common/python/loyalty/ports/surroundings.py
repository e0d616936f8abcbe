"""Time, rules, secrets, the bus and the queue."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from loyalty.domain.events import Event
from loyalty.domain.pending import PendingPoints
from loyalty.domain.programme import Programme, Publication
from loyalty.ports.accounts import Stretch
from loyalty.ports.payments import PaymentSecrets


class Clock(Protocol):
    """The time of the mall: travels in local and test stages only."""

    def now(self) -> datetime:
        """Return the instant, aware, in UTC."""
        ...


class Programmes(Protocol):
    """The published rules."""

    def live(self) -> Programme:
        """Return the version in force; one that was read some seconds ago will do."""
        ...

    def publication(self, version: int | None = None) -> Publication | None:
        """Return a version, or the one in force at this moment."""
        ...

    def publications(self, versions: Sequence[int]) -> Sequence[Publication]:
        """Return those of some versions that exist, in this order."""
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

    def payments(self) -> PaymentSecrets:
        """Return what the mall and its payment provider know."""
        ...


class SettlementQueue(Protocol):
    """Accounts that a sweep found due, handed over in batches."""

    def add(self, member_ids: Sequence[str], pending: Sequence[PendingPoints]) -> None:
        """Queue members to settle, and pending rows to mature."""
        ...


class PacketQueue(Protocol):
    """Red packets whose time is over."""

    def add(self, packet_ids: Sequence[str]) -> None:
        """Queue packets, each as one message."""
        ...


class ReconcileQueue(Protocol):
    """Parts of all accounts that are to be compared with their entries."""

    def add(self, stretches: Sequence[Stretch]) -> None:
        """Queue parts, each as one message."""
        ...
