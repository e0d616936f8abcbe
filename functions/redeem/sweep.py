"""What the sweeps find undone in the orders' rows, and finish.

The row is the truth: a review or a payment that ran out of time, a decision that no execution
carried out, an execution that was lost, money still to go back, a pool that has codes again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import takewhile

from loyalty.domain.errors import NotEligible
from loyalty.domain.redemption import Redemption, Status
from loyalty.ports import Mall, PaymentsUnavailable
from redeem.fulfil import fulfil
from redeem.payments.closing import close_payment
from redeem.payments.expiring import expire_payment
from redeem.payments.refunding import refund
from redeem.review import conclude

PATIENCE = timedelta(minutes=10)
"""How long an execution may take to start, or to carry a decision out, before we step in."""


@dataclass(slots=True)
class Swept:
    """How many redemptions each kind of help was given to."""

    concluded: int = 0
    restarted: int = 0
    fulfilled: int = 0
    payments_ended: int = 0
    refunded: int = 0
    unanswered: int = 0


def sweep(mall: Mall) -> Swept:
    """Finish what is overdue. Harmless when run twice, or twice at once."""
    swept = Swept()
    for redemption in _queued(mall, "review"):
        _help_review(mall, redemption, swept)
    for redemption in _queued(mall, "fulfilment"):
        swept.fulfilled += fulfil(mall, redemption.redemption_id).status != redemption.status
    sweep_payments(mall, swept)
    return swept


def sweep_payments(mall: Mall, swept: Swept) -> Swept:
    """End what was not paid in time, and give back what is owed; runs every few minutes.

    A provider that does not answer for one order holds no other up: the next sweep asks again.
    """
    now = mall.clock.now()
    for redemption in takewhile(lambda r: _due_at(r) <= now, _queued(mall, "payment")):
        with _unanswered(swept):
            look = expire_payment if redemption.status is Status.PENDING_PAYMENT else close_payment
            swept.payments_ended += look(mall, redemption.redemption_id) != redemption
    for redemption in _queued(mall, "refund"):
        with _unanswered(swept):
            refund(mall, redemption.redemption_id)
            swept.refunded += 1
    return swept


@contextmanager
def _unanswered(swept: Swept) -> Iterator[None]:
    try:
        yield
    except (PaymentsUnavailable, NotEligible):
        swept.unanswered += 1


def _due_at(redemption: Redemption) -> datetime:
    assert redemption.payment, "what waits for its money has a payment"
    waits = redemption.status is Status.PENDING_PAYMENT
    return redemption.payment.due_at if waits else redemption.payment.last_look_at


def _help_review(mall: Mall, redemption: Redemption, swept: Swept) -> None:
    review, now = redemption.review, mall.clock.now()
    if review is None:
        return
    decided_at = review.decisions[-1].decided_at if review.verdict else None
    if review.due_at <= now or (decided_at and now - decided_at > PATIENCE):
        conclude(mall, redemption.redemption_id)
        swept.concluded += 1
    elif review.task_token is None and now - redemption.created_at > PATIENCE:
        mall.review_flow.start(redemption)
        swept.restarted += 1


def _queued(mall: Mall, queue: str) -> Iterator[Redemption]:
    position = None
    while True:
        page = mall.redemptions.in_queue(queue, limit=100, position=position)
        yield from page.items
        position = page.next_position
        if position is None:
            return
