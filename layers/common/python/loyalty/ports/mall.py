"""All ports in one hand."""

from typing import Protocol

from loyalty.ports.accounts import Accounts, Ledger
from loyalty.ports.activities import Activities
from loyalty.ports.anomalies import Anomalies, Traces
from loyalty.ports.campaigns import Campaigns
from loyalty.ports.imports import Imports
from loyalty.ports.packets import Packets
from loyalty.ports.payments import PaymentProvider
from loyalty.ports.people import Adjustments, Mailer, Members, Messages
from loyalty.ports.reminders import ReminderQueue, Reminders
from loyalty.ports.store import Store
from loyalty.ports.surroundings import (
    Clock,
    EventBus,
    PacketQueue,
    Programmes,
    ReconcileQueue,
    Secrets,
    SettlementQueue,
)
from loyalty.ports.tiers import TierQueue, Tiers
from loyalty.ports.trade import Catalog, CodeCipher, PictureStore, Redemptions, ReviewFlow
from loyalty.ports.trail import AuditTrail


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
    def campaigns(self) -> Campaigns:
        """Campaigns, their budgets and counters."""
        ...

    @property
    def members(self) -> Members:
        """Profiles and links."""
        ...

    @property
    def adjustments(self) -> Adjustments:
        """Adjustments that wait for a reviewer."""
        ...

    @property
    def activities(self) -> Activities:
        """What members do besides buying."""
        ...

    @property
    def imports(self) -> Imports:
        """Balances that came from another system."""
        ...

    @property
    def tiers(self) -> Tiers:
        """What members climb by."""
        ...

    @property
    def packets(self) -> Packets:
        """Red packets."""
        ...

    @property
    def trail(self) -> AuditTrail:
        """What operators did."""
        ...

    @property
    def messages(self) -> Messages:
        """The inbox."""
        ...

    @property
    def traces(self) -> Traces:
        """What watchers remember."""
        ...

    @property
    def anomalies(self) -> Anomalies:
        """Cases of what looks wrong."""
        ...

    @property
    def reminders(self) -> Reminders:
        """What members were told of points that expire."""
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
    def payments(self) -> PaymentProvider | None:
        """Where members pay money; None: this mall takes points alone."""
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
    def reminder_queue(self) -> ReminderQueue:
        """Members who may have to be reminded."""
        ...

    @property
    def tier_queue(self) -> TierQueue:
        """Members whose tier is to be looked at."""
        ...

    @property
    def packet_queue(self) -> PacketQueue:
        """Red packets whose time is over."""
        ...

    @property
    def reconcile_queue(self) -> ReconcileQueue:
        """Accounts to compare with their entries."""
        ...

    @property
    def secrets(self) -> Secrets:
        """Keys and shops' secrets."""
        ...
