"""Orders whose money did not come in time: points and pieces go back.

A callback may have been lost, so the provider is asked first. An order that it does not answer
for waits until it does: points that were paid for must not be given to somebody else.
"""

from dataclasses import replace

from loyalty.domain.account import Account
from loyalty.domain.payment import Received
from loyalty.domain.redemption import Redemption, Status
from loyalty.ports import Mall
from loyalty.posting import until_it_holds
from redeem.booking import existing
from redeem.cancel import undo
from redeem.payments.taking import fits, take_payment

SYSTEM = "system"


def expire_payment(mall: Mall, redemption_id: str) -> Redemption:
    """Give up an order that was not paid in time; confirm one that was.

    Money of another amount than the order asks for gives it up as well, and is to go back.

    Raises:
        NotFound: there is no such redemption.
        PaymentsUnavailable: the provider does not say whether it was paid.
    """
    waiting = existing(mall, redemption_id)
    if not _is_overdue(mall, waiting):
        return waiting
    received = mall.payments.received(redemption_id) if mall.payments else None
    if received and fits(waiting, received):
        return take_payment(mall, received)

    def attempt(fresh: Account | None) -> Redemption:
        redemption = existing(mall, redemption_id)
        if not _is_overdue(mall, redemption):
            return redemption
        return undo(
            mall,
            _with_stray_money(redemption, received),
            Status.PAYMENT_EXPIRED,
            fresh,
            actor=SYSTEM,
            is_ours=False,
        )

    return until_it_holds(attempt)


def _is_overdue(mall: Mall, redemption: Redemption) -> bool:
    payment = redemption.payment
    waits = redemption.status is Status.PENDING_PAYMENT
    return waits and payment is not None and payment.due_at <= mall.clock.now()


def _with_stray_money(redemption: Redemption, received: Received | None) -> Redemption:
    """Keep that something else was paid; ending the order then owes it back."""
    if received is None or redemption.payment is None:
        return redemption
    paid = redemption.payment.received(received.reference, received.paid_at)
    return replace(redemption, payment=paid)
