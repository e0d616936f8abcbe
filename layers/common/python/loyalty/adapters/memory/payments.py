"""A payment provider in memory; tests pay at it, and let it fail."""

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from loyalty.domain.payment import Received
from loyalty.ports import PaymentOrder, PaymentsUnavailable


@dataclass
class MemoryPaymentProvider:
    """Keeps `PaymentProvider`'s promises. ``is_down``: no answer; what was asked may be done."""

    opened: dict[str, PaymentOrder] = field(default_factory=dict)
    paid: dict[str, Received] = field(default_factory=dict)
    refunded: list[str] = field(default_factory=list)
    is_down: bool = False

    def open(self, order: PaymentOrder) -> str:
        """Return the address of the hosted page on which a payment is made."""
        first = self.opened.setdefault(order.number, order)
        self._answer()
        if (first.amount, first.currency) != (order.amount, order.currency):
            raise PaymentsUnavailable(f"{order.number} stands for another payment.")
        return f"https://pay.test/{order.number}"

    def received(self, number: str) -> Received | None:
        """Return what was paid under one of our numbers; None while nothing was."""
        self._answer()
        return self.paid.get(number)

    def refund(self, number: str) -> None:
        """Give all back that was paid under one of our numbers; given back before is fine."""
        if number not in self.paid:
            raise PaymentsUnavailable(f"Nothing was paid under {number}.")
        if number not in self.refunded:
            self.refunded.append(number)
        self._answer()

    def pay(self, number: str, at: datetime, amount: str | None = None) -> Received:
        """Pay on the hosted page, what is asked for unless another amount is said."""
        order = self.opened[number]
        received = Received(
            number, f"pay-{number}", Decimal(amount or order.amount), order.currency, at
        )
        return self.paid.setdefault(number, received)

    def _answer(self) -> None:
        if self.is_down:
            raise PaymentsUnavailable("The provider does not answer.")
