"""The money beside the points: what is due, until when, and what has become of it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

LATE = timedelta(hours=1)
"""How long after its page has closed a payment may still come to light."""


class PaymentState(StrEnum):
    """Where the money stands; ``refund_due``: the provider is still to be told."""

    OPEN = "open"
    PAID = "paid"
    REFUND_DUE = "refund_due"
    REFUNDED = "refunded"


@dataclass(frozen=True, slots=True)
class Refund:
    """Money that goes back because of an order that has ended."""

    due_at: datetime
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """An order's payment: open until ``due_at``; ``reference`` is the provider's own number.

    ``closed_at``: when the provider has said, after all was over, that nothing was paid.
    """

    due_at: datetime
    reference: str | None = None
    paid_at: datetime | None = None
    refund: Refund | None = None
    closed_at: datetime | None = None

    @property
    def may_be_paid(self) -> bool:
        """Whether money may have come, or come still, that nobody has told of."""
        return self.paid_at is None and self.closed_at is None

    @property
    def last_look_at(self) -> datetime:
        """When the provider is asked for the last time, though the order has ended."""
        return self.due_at + LATE

    @property
    def state(self) -> PaymentState:
        """Where the money stands."""
        if self.refund:
            return PaymentState.REFUNDED if self.refund.done_at else PaymentState.REFUND_DUE
        return PaymentState.PAID if self.paid_at else PaymentState.OPEN

    def received(self, reference: str, paid_at: datetime) -> "Payment":
        """Return the payment after its money has come."""
        return replace(self, reference=reference, paid_at=paid_at)

    def to_refund(self, now: datetime) -> "Payment":
        """Return the payment of an order that has ended: what was paid goes back."""
        return replace(self, refund=Refund(now)) if self.paid_at and not self.refund else self

    def refunded(self, now: datetime) -> "Payment":
        """Return the payment after its money has gone back."""
        return replace(self, refund=replace(self.refund, done_at=now)) if self.refund else self


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
