"""What the domain needs of the outside. Adapters keep these promises; fakes keep them too."""

from loyalty.ports.accounts import Accounts, Ledger, Stretch
from loyalty.ports.activities import Activities
from loyalty.ports.anomalies import Anomalies, Traces
from loyalty.ports.campaigns import Campaigns
from loyalty.ports.imports import Imports
from loyalty.ports.mall import Mall
from loyalty.ports.packets import Packets
from loyalty.ports.payments import (
    PaymentOrder,
    PaymentProvider,
    PaymentSecrets,
    PaymentsUnavailable,
)
from loyalty.ports.people import Adjustments, Mailer, MailNotSent, Members, Messages
from loyalty.ports.reminders import ReminderQueue, Reminders
from loyalty.ports.store import Page, Store, WriteRefused
from loyalty.ports.surroundings import (
    Clock,
    EventBus,
    EventsNotPublished,
    PacketQueue,
    Programmes,
    ReconcileQueue,
    Secrets,
    SettlementQueue,
    WebhookSource,
)
from loyalty.ports.tiers import TierQueue, Tiers
from loyalty.ports.trade import (
    Catalog,
    CatalogChanges,
    CodeCipher,
    PictureStore,
    Redemptions,
    ReviewFlow,
)
from loyalty.ports.trail import AuditTrail

__all__ = [
    "Accounts",
    "Activities",
    "Adjustments",
    "Anomalies",
    "AuditTrail",
    "Campaigns",
    "Catalog",
    "CatalogChanges",
    "Clock",
    "CodeCipher",
    "EventBus",
    "EventsNotPublished",
    "Imports",
    "Ledger",
    "MailNotSent",
    "Mailer",
    "Mall",
    "Members",
    "Messages",
    "PacketQueue",
    "Packets",
    "Page",
    "PaymentOrder",
    "PaymentProvider",
    "PaymentSecrets",
    "PaymentsUnavailable",
    "PictureStore",
    "Programmes",
    "ReconcileQueue",
    "Redemptions",
    "ReminderQueue",
    "Reminders",
    "ReviewFlow",
    "Secrets",
    "SettlementQueue",
    "Store",
    "Stretch",
    "TierQueue",
    "Tiers",
    "Traces",
    "WebhookSource",
    "WriteRefused",
]
