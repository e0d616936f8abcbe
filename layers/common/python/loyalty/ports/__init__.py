"""What the domain needs of the outside. Adapters keep these promises; fakes keep them too."""

from loyalty.ports.accounts import Accounts, Ledger, Stretch
from loyalty.ports.mall import Mall
from loyalty.ports.people import Adjustments, Mailer, MailNotSent, Members, Messages
from loyalty.ports.store import Page, Store, WriteRefused
from loyalty.ports.surroundings import (
    Clock,
    EventBus,
    EventsNotPublished,
    Programmes,
    ReconcileQueue,
    Secrets,
    SettlementQueue,
    WebhookSource,
)
from loyalty.ports.trade import Catalog, CodeCipher, PictureStore, Redemptions, ReviewFlow
from loyalty.ports.trail import AuditTrail

__all__ = [
    "Accounts",
    "Adjustments",
    "AuditTrail",
    "Catalog",
    "Clock",
    "CodeCipher",
    "EventBus",
    "EventsNotPublished",
    "Ledger",
    "MailNotSent",
    "Mailer",
    "Mall",
    "Members",
    "Messages",
    "Page",
    "PictureStore",
    "Programmes",
    "ReconcileQueue",
    "Redemptions",
    "ReviewFlow",
    "Secrets",
    "SettlementQueue",
    "Store",
    "Stretch",
    "WebhookSource",
    "WriteRefused",
]
