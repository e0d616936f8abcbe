"""Every act that books points, stock or codes: made ready, then done by calling it."""

from collections.abc import Callable
from datetime import timedelta

from earn.activities.check_ins import check_in
from earn.activities.repairs import repair_day
from earn.activities.tasks import OWN_WORD, Completion, complete_task
from expiry.service import mature, settle
from fault.payment_acts import PAYMENT_ACTS
from fault.scene import Deed, Scene
from loyalty.domain.errors import AlreadyCheckedIn
from loyalty.domain.item import ItemKind, Review
from loyalty.domain.redemption import Verdict
from loyalty.joining import member_of
from redeem.fulfil import fulfil
from redeem.review import conclude
from support.counter import fill_pool, put_on_shelf


def earn_into_a_new_lot(scene: Scene) -> Deed:
    return lambda: scene.shop.pays(scene.order, 118)


def earn_into_a_lot_that_is_there(scene: Scene) -> Deed:
    scene.shop.pays(f"B-{scene.name}", 10)
    return lambda: scene.shop.pays(scene.order, 118)


def earn_into_an_earlier_lot(scene: Scene) -> Deed:
    earlier = scene.mall.clock.now()
    scene.mall.time.travel(days=40)
    scene.shop.pays(f"B-{scene.name}", 10)
    return lambda: scene.shop.pays(scene.order, 118, paid_at=earlier)


def earn_what_repays_a_debt(scene: Scene) -> Deed:
    scene.shop.pays(f"B-{scene.name}", 200)
    scene.shelf()
    scene.redeem()
    scene.shop.refunds(f"B-{scene.name}", 200)
    return lambda: scene.shop.pays(scene.order, 118)


def edit_an_order(scene: Scene) -> Deed:
    scene.earned(118)
    return lambda: scene.shop.edits(scene.order, 200)


def refund_a_part(scene: Scene) -> Deed:
    scene.earned(118)
    return lambda: scene.shop.refunds(scene.order, 18)


def refund_what_has_lapsed(scene: Scene) -> Deed:
    scene.earned(118)
    scene.mall.time.travel(days=400)
    settle(scene.mall, scene.name)
    return lambda: scene.shop.refunds(scene.order, 18)


def refund_what_is_spent(scene: Scene) -> Deed:
    scene.shop.pays(scene.order, 200)
    scene.shelf()
    scene.redeem()
    return lambda: scene.shop.refunds(scene.order, 50)


def refund_before_the_order(scene: Scene) -> Deed:
    return lambda: scene.shop.refunds(scene.order, 18)


def earn_after_its_refund(scene: Scene) -> Deed:
    scene.shop.refunds(scene.order, 18)
    return lambda: scene.shop.pays(scene.order, 118)


def cancel_the_shops_order(scene: Scene) -> Deed:
    scene.earned(118)
    return lambda: scene.shop.cancels(scene.order)


def redeem(scene: Scene) -> Deed:
    scene.earned()
    scene.shelf()
    return scene.redeem


def redeem_with_the_last_points_and_pieces(scene: Scene) -> Deed:
    scene.earned(200)
    put_on_shelf(scene.mall, scene.item, points=100, stock=2, kind=ItemKind.PHYSICAL)
    return scene.redeem


def redeem_what_is_reviewed(scene: Scene) -> Deed:
    scene.earned()
    scene.shelf(Review.ALWAYS)
    return scene.redeem


def approve(scene: Scene) -> Deed:
    held = scene.redeemed(Review.ALWAYS)
    return lambda: scene.counter.decide(held, Verdict.APPROVE, key="the-word")


def capture(scene: Scene) -> Deed:
    held = scene.redeemed(Review.ALWAYS)
    scene.counter.decide(held, Verdict.APPROVE)
    return lambda: conclude(scene.mall, held.redemption_id)


def release_what_is_rejected(scene: Scene) -> Deed:
    held = scene.redeemed(Review.ALWAYS)
    scene.counter.decide(held, Verdict.REJECT)
    return lambda: conclude(scene.mall, held.redemption_id)


def release_after_time_is_up(scene: Scene) -> Deed:
    held = scene.redeemed(Review.ALWAYS)
    scene.mall.time.travel(days=400)
    return lambda: conclude(scene.mall, held.redemption_id)


def cancel_what_is_held(scene: Scene) -> Deed:
    held = scene.redeemed(Review.ALWAYS)
    return lambda: scene.counter.cancel(held)


def cancel_what_is_confirmed(scene: Scene) -> Deed:
    confirmed = scene.redeemed()
    return lambda: scene.counter.cancel(confirmed)


def claim_codes(scene: Scene) -> Deed:
    scene.earned()
    scene.shelf(kind=ItemKind.VIRTUAL)
    fill_pool(scene.mall, scene.item, *(f"CODE-{number}" for number in range(30)))
    bought = scene.redeem()
    return lambda: fulfil(scene.mall, bought.redemption_id)


def settle_two_lots(scene: Scene) -> Deed:
    scene.earned(118)
    scene.mall.time.travel(days=40)
    scene.shop.pays(f"B-{scene.name}", 10)
    scene.mall.time.travel(days=400)

    def deed() -> None:
        settle(scene.mall, scene.name)  # it counts what is left to settle: another time, nothing

    return deed


def mature_after_the_return_window(scene: Scene) -> Deed:
    scene.shop.pays(scene.order, 118, category="preorder")
    assert scene.mall.accounts.account(scene.name).pending == 118
    scene.mall.time.travel(days=15)

    def deed() -> None:
        mature(scene.mall, scene.name, "standard", scene.order)  # the points, but once

    return deed


def join(scene: Scene) -> Deed:
    return lambda: member_of(scene.mall, scene.name).member_id == scene.name


def check_in_on_the_seventh_day(scene: Scene) -> Deed:
    member_of(scene.mall, scene.name)
    for _ in range(6):
        check_in(scene.mall, scene.name)
        scene.mall.time.travel(days=1)

    def deed() -> object:
        try:
            return check_in(scene.mall, scene.name).points
        except AlreadyCheckedIn as again:
            return again.facts["points"]

    return deed


def repair_a_missed_day(scene: Scene) -> Deed:
    member_of(scene.mall, scene.name)
    scene.mall.time.travel(days=2)
    missed = scene.mall.time.now().date() - timedelta(days=1)

    def deed() -> object:
        try:
            return repair_day(scene.mall, scene.name, missed).points
        except AlreadyCheckedIn as again:
            return again.facts["points"]

    return deed


def do_a_task(scene: Scene) -> Deed:
    member, actor = member_of(scene.mall, scene.name), f"member:{scene.name}"
    asked = Completion(member, "survey", None, actor, "the-one-key", OWN_WORD)
    return lambda: complete_task(scene.mall, asked).points


ACTS: tuple[Callable[[Scene], Deed], ...] = (
    earn_into_a_new_lot,
    earn_into_a_lot_that_is_there,
    earn_into_an_earlier_lot,
    earn_what_repays_a_debt,
    edit_an_order,
    refund_a_part,
    refund_what_has_lapsed,
    refund_what_is_spent,
    refund_before_the_order,
    earn_after_its_refund,
    cancel_the_shops_order,
    redeem,
    redeem_with_the_last_points_and_pieces,
    redeem_what_is_reviewed,
    approve,
    capture,
    release_what_is_rejected,
    release_after_time_is_up,
    cancel_what_is_held,
    cancel_what_is_confirmed,
    claim_codes,
    settle_two_lots,
    mature_after_the_return_window,
    join,
    check_in_on_the_seventh_day,
    repair_a_missed_day,
    do_a_task,
    *PAYMENT_ACTS,
)
