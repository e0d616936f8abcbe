"""Acts on orders with a part in money: made ready, then done by calling them."""

from collections.abc import Callable
from decimal import Decimal

from fault.scene import Deed, Scene
from loyalty.domain.item import ItemKind
from loyalty.domain.payment import Received
from loyalty.domain.pricing.offers import CASH_OPTION, CashOption
from loyalty.domain.redemption import Redemption
from redeem.payments.expiring import expire_payment
from redeem.payments.refunding import refund
from redeem.payments.taking import take_payment
from support.counter import ADDRESS, put_on_shelf


def _ordered(scene: Scene) -> Redemption:
    """Let the member have ordered a piece for 60 points and 6.50 yuan."""
    scene.earned()
    option = CashOption(60, "6.50", "CNY")
    kind = ItemKind.PHYSICAL
    put_on_shelf(scene.mall, scene.item, points=100, stock=5, kind=kind, cash_option=option)
    return scene.counter.redeem(
        1, scene.item, key="the-one-key", option=CASH_OPTION, delivery=ADDRESS
    )


def _money_for(scene: Scene, order: Redemption) -> Received:
    now = scene.mall.clock.now()
    return Received(order.redemption_id, "pay_1", Decimal("6.50"), "CNY", now)


def take_money_in_time(scene: Scene) -> Deed:
    order = _ordered(scene)
    received = _money_for(scene, order)
    return lambda: take_payment(scene.mall, received)


def give_up_what_was_not_paid(scene: Scene) -> Deed:
    order = _ordered(scene)
    scene.mall.time.travel(minutes=30)
    return lambda: expire_payment(scene.mall, order.redemption_id)


def owe_back_what_came_late(scene: Scene) -> Deed:
    order = _ordered(scene)
    scene.counter.cancel(order)
    received = _money_for(scene, order)
    return lambda: take_payment(scene.mall, received)


def cancel_what_is_paid_and_give_the_money_back(scene: Scene) -> Deed:
    order = _ordered(scene)
    received = scene.mall.provider.paid[order.redemption_id] = _money_for(scene, order)
    take_payment(scene.mall, received)

    def deed() -> Redemption:
        scene.counter.cancel(order)
        return refund(scene.mall, order.redemption_id)

    return deed


PAYMENT_ACTS: tuple[Callable[[Scene], Deed], ...] = (
    take_money_in_time,
    give_up_what_was_not_paid,
    owe_back_what_came_late,
    cancel_what_is_paid_and_give_the_money_back,
)
