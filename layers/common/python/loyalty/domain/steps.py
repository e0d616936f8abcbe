"""Status × act × actor: who may do what to a redemption, and when."""

from enum import StrEnum

from loyalty.domain.errors import NotAllowedNow
from loyalty.domain.item import ItemKind
from loyalty.domain.redemption import Redemption, Status


class Act(StrEnum):
    """What a caller can do to a redemption."""

    PAY = "pay"
    CANCEL = "cancel"
    CHANGE_DELIVERY = "change_delivery"
    CONFIRM_RECEIPT = "confirm_receipt"
    REVEAL_CODE = "reveal_code"
    DECIDE = "decide"
    SHIP = "ship"


class Actor(StrEnum):
    """Who acts: the owner, or an operator."""

    MEMBER = "member"
    OPERATOR = "operator"


UNTOUCHED = frozenset({Status.PENDING_REVIEW, Status.PENDING_PAYMENT, Status.CONFIRMED})
"""Statuses in which nobody has begun to fulfil an order."""

TABLE: dict[tuple[Actor, Act], frozenset[Status]] = {
    (Actor.MEMBER, Act.PAY): frozenset({Status.PENDING_PAYMENT}),
    (Actor.MEMBER, Act.CANCEL): UNTOUCHED,
    (Actor.MEMBER, Act.CHANGE_DELIVERY): UNTOUCHED,
    (Actor.MEMBER, Act.CONFIRM_RECEIPT): frozenset({Status.SHIPPED}),
    (Actor.MEMBER, Act.REVEAL_CODE): frozenset({Status.COMPLETED}),
    (Actor.OPERATOR, Act.DECIDE): frozenset({Status.PENDING_REVIEW}),
    (Actor.OPERATOR, Act.SHIP): frozenset({Status.CONFIRMED}),
}
"""The statuses in which each act is possible; docs/api.md prints this table."""

FINAL = frozenset(
    {
        Status.COMPLETED,
        Status.REJECTED,
        Status.REVIEW_EXPIRED,
        Status.PAYMENT_EXPIRED,
        Status.CANCELLED,
        Status.FAILED,
    }
)
"""Statuses that no act leaves."""


def allowed_acts(redemption: Redemption, actor: Actor) -> list[Act]:
    """Return what an actor may do to a redemption as it stands."""
    return [
        act
        for (who, act), statuses in TABLE.items()
        if who is actor and redemption.status in statuses and _fits(redemption, act)
    ]


def require(redemption: Redemption, act: Act, actor: Actor) -> None:
    """Refuse an act that the redemption's status does not allow.

    Raises:
        NotAllowedNow: with the status and what is allowed instead.
    """
    allowed = allowed_acts(redemption, actor)
    if act not in allowed:
        raise NotAllowedNow(
            f"A redemption that is {redemption.status} does not allow {act}.",
            status=redemption.status,
            allowed_actions=allowed,
        )


def _fits(redemption: Redemption, act: Act) -> bool:
    decided = redemption.review is not None and redemption.review.verdict is not None
    match act:
        case Act.CANCEL:
            return not (decided and redemption.status is Status.PENDING_REVIEW)
        case Act.CHANGE_DELIVERY | Act.SHIP | Act.CONFIRM_RECEIPT:
            return redemption.item_kind is ItemKind.PHYSICAL
        case Act.REVEAL_CODE:
            return bool(redemption.code_ids)
        case Act.PAY:
            return redemption.payment is not None and redemption.payment.paid_at is None
        case Act.DECIDE:
            return not decided
