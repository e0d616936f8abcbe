"""Which queue a redemption waits in, and since when or until when: derived from its status."""

from dataclasses import dataclass
from datetime import datetime

from loyalty.domain.item import ItemKind
from loyalty.domain.redemption import ENDED_UNPAID, Redemption, Status


@dataclass(frozen=True, slots=True)
class Place:
    """``due_at``: when somebody has to have looked at it; lists begin with the earliest."""

    queue: str
    due_at: datetime


def place_in_queue(redemption: Redemption) -> Place | None:
    """Return where a redemption waits for an act of ours, or None."""
    match redemption.status:
        case Status.PENDING_REVIEW:
            assert redemption.review, "what waits for a review has one"
            return Place("review", redemption.review.due_at)
        case Status.PENDING_PAYMENT:
            assert redemption.payment, "what waits for its money has a payment"
            return Place("payment", redemption.payment.due_at)
        case Status.CONFIRMED:
            is_parcel = redemption.item_kind is ItemKind.PHYSICAL
            return Place("shipment" if is_parcel else "fulfilment", _confirmed_at(redemption))
        case _:
            return _of_money(redemption)


def _of_money(redemption: Redemption) -> Place | None:
    payment = redemption.payment
    if payment and payment.may_be_paid and redemption.status in ENDED_UNPAID:
        return Place("payment", payment.last_look_at)
    refund = payment.refund if payment else None
    return Place("refund", refund.due_at) if refund and refund.done_at is None else None


def _confirmed_at(redemption: Redemption) -> datetime:
    steps = [step.at for step in redemption.timeline if step.status is Status.CONFIRMED]
    return steps[-1] if steps else redemption.created_at
