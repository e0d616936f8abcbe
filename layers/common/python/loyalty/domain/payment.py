"""The money beside the points: what is due, until when, and what has become of it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum


class PaymentState(StrEnum):
    """Where the money stands; ``refund_due``: the provider is still to be told."""

    OPEN = "open"
    PAID = "paid"
    REFUND_DUE = "refund_due"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class Payment:
    """An order's payment: open until ``due_at``; ``reference`` is the provider's own number."""

    due_at: datetime
    state: PaymentState = PaymentState.OPEN
    reference: str | None = None
    paid_at: datetime | None = None
    refund_due_at: datetime | None = None
    refunded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PaymentRules:
    """How long points and stock wait for the money."""

    minutes: int = 30


@dataclass(frozen=True, slots=True)
class Received:
    """What a provider says it has received under one of our numbers."""

    number: str
    reference: str
    amount: Decimal
    currency: str
    paid_at: datetime
