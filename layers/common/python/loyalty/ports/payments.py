"""The payment provider: where members pay the money beside their points."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from loyalty.domain.payment import Received


class PaymentsUnavailable(Exception):
    """The provider did not answer, or not as agreed: what became of the call is unknown."""


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """What is to be paid: ``number`` is ours, and stands for one payment for ever."""

    number: str
    amount: str
    currency: str
    description: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PaymentSecrets:
    """What the mall and its provider know: our key there, and theirs for callbacks."""

    provider: str
    api_key: str
    callback_secrets: tuple[str, ...]


class PaymentProvider(Protocol):
    """Opens payments, says what became of them, gives money back.

    Every call may be repeated: our number, and that of a refund, are the provider's keys.
    """

    def open(self, order: PaymentOrder) -> str:
        """Return the address of the hosted page on which a payment is made.

        Raises:
            PaymentsUnavailable: whether it was opened is unknown; ask again.
        """
        ...

    def received(self, number: str) -> Received | None:
        """Return what was paid under one of our numbers; None while nothing was.

        Raises:
            PaymentsUnavailable: it is unknown.
        """
        ...

    def refund(self, number: str) -> None:
        """Give all back that was paid under one of our numbers; given back before is fine.

        Raises:
            PaymentsUnavailable: whether it was given back is unknown; ask again.
        """
        ...
