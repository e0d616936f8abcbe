"""Use case: what a cart would earn if it were paid now, by the very functions that credit it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from earn.grants import Reckoning, reckon
from earn.rules import Scene
from earn.scenes import campaigns_at, scene_at, within
from earn.tally import Tally
from loyalty.domain.errors import NotFound
from loyalty.domain.offset import Offset
from loyalty.domain.orders import CustomerRef, OrderLine, Purchase
from loyalty.domain.programme import Programme
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


@dataclass(frozen=True, slots=True)
class Forecast:
    """What an order would earn, and what the member's points could take off it."""

    reckoning: Reckoning
    offset: Offset | None = None


def preview_order(mall: Mall, cart: Cart, asked_by: str | None = None) -> Forecast:
    """Return what a cart would earn now; the member who asks may ask for nobody else.

    Raises:
        NotFound: the cart is said to be another member's.
    """
    if asked_by and cart.member_id not in {None, asked_by}:
        raise NotFound("There is no such member.")
    now, programme = mall.clock.now(), mall.programmes.live()
    member_id = cart.member_id or asked_by
    purchase = Purchase(
        order_id="preview",
        customer=CustomerRef(member_id=member_id),
        currency=cart.currency,
        lines=tuple(cart.lines),
        discount=cart.discount,
        tax=cart.tax,
        points_offset=cart.points_offset,
        paid_at=now,
    )
    scene = _scene(mall, programme, member_id, now)
    reckoning = reckon(purchase, now, programme, now, scene)
    return Forecast(reckoning, _offset(mall, programme, cart, member_id, now))


def _scene(mall: Mall, programme: Programme, member_id: str | None, now: datetime) -> Scene:
    """Return the scene with all counters read, as a credit would find them."""
    tally = Tally(mall, programme, member_id or "", "preview")
    if member_id is None:
        scene = Scene(None, campaigns_at(mall, programme, now))
    else:
        scene = scene_at(tally, now)
    tally.look(scene, programme.today(now))
    return within(scene, tally)


def _offset(
    mall: Mall, programme: Programme, cart: Cart, member_id: str | None, now: datetime
) -> Offset | None:
    if programme.offset is None or member_id is None:
        return None
    goods = sum((line.amount for line in cart.lines), ZERO)
    total = max(goods - cart.discount - cart.points_offset, ZERO)
    available = mall.accounts.account(member_id).available_on(programme.today(now))
    return programme.offset.offset(cart.currency, total, available)
