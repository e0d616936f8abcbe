"""Use case: what a cart would earn if it were paid now, by the very functions that credit it."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from earn.grants import Reckoning, reckon
from loyalty.domain.errors import NotFound
from loyalty.domain.orders import CustomerRef, OrderLine, Purchase
from loyalty.ports import Mall

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Cart:
    """What somebody is about to pay for; ``member_id`` says who, if that is known."""

    currency: str
    lines: Sequence[OrderLine]
    member_id: str | None = None
    discount: Decimal = ZERO
    tax: Decimal = ZERO
    points_offset: Decimal = ZERO


def preview_order(mall: Mall, cart: Cart, asked_by: str | None = None) -> Reckoning:
    """Return what a cart would earn now; the member who asks may ask for nobody else.

    Raises:
        NotFound: the cart is said to be another member's.
    """
    if asked_by and cart.member_id not in {None, asked_by}:
        raise NotFound("There is no such member.")
    now = mall.clock.now()
    purchase = Purchase(
        order_id="preview",
        customer=CustomerRef(member_id=cart.member_id or asked_by),
        currency=cart.currency,
        lines=tuple(cart.lines),
        discount=cart.discount,
        tax=cart.tax,
        points_offset=cart.points_offset,
        paid_at=now,
    )
    return reckon(purchase, now, mall.programmes.live(), now)
