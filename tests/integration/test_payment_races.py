"""A callback, a time-out and a cancellation meet, a hundred times: each order has one end."""

from collections import Counter as Tally
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from loyalty.domain.errors import Busy, NotAllowedNow
from loyalty.domain.payment import PaymentState, Received
from loyalty.domain.pricing.offers import CASH_OPTION, CashOption
from loyalty.domain.redemption import Redemption, Status
from redeem.payments.expiring import expire_payment
from redeem.payments.opening import open_payment
from redeem.payments.refunding import refund
from redeem.payments.taking import take_payment
from support.books import account_of, available, rebuilt
from support.counter import Counter, put_on_shelf
from support.emulated import EmulatedMall
from support.shop import Shop

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]

ROUNDS = 100


def persistently(act: Callable[[], object]) -> None:
    """Act until an answer comes that is not a plea for patience."""
    for _ in range(20):
        with suppress(NotAllowedNow):
            try:
                act()
            except Busy:
                continue
        return


def test_callback_time_out_and_cancellation_leave_one_end(emulated: EmulatedMall) -> None:
    Shop(emulated).pays("first", 10_000)
    option = CashOption(10, "6.50", "CNY")
    put_on_shelf(emulated, points=20, stock=ROUNDS, cash_option=option)
    counter = Counter(emulated)
    orders = [counter.redeem(option=CASH_OPTION) for _ in range(ROUNDS)]
    for order in orders:
        open_payment(emulated, "lin", order.redemption_id)
    emulated.clock.travel(minutes=30)

    # The callback knows what was paid; the provider itself seems to know nothing yet.
    received = [_paid(emulated, order) for order in orders]
    with ThreadPoolExecutor(3) as pool:
        for order, money in zip(orders, received, strict=True):
            acts: list[Callable[[], object]] = [
                lambda money=money: take_payment(emulated, money),  # type: ignore[misc] # bound now
                lambda order=order: expire_payment(emulated, order.redemption_id),  # type: ignore[misc]
                lambda order=order: counter.cancel(order),  # type: ignore[misc]
            ]
            list(pool.map(persistently, acts))

    for order, money in zip(orders, received, strict=True):
        emulated.payments.paid[order.redemption_id] = money
        refund(emulated, order.redemption_id)
    ended = [emulated.redemptions.redemption(order.redemption_id) for order in orders]
    tally = Tally(end.status for end in ended if end)
    assert sum(tally.values()) == ROUNDS
    assert set(tally) <= {Status.CONFIRMED, Status.PAYMENT_EXPIRED, Status.CANCELLED}
    kept = tally[Status.CONFIRMED]
    stock = emulated.catalog.stock("itm_tea")
    assert stock is not None
    assert (stock.on_hand, stock.held, stock.sold) == (ROUNDS - kept, 0, kept)
    assert (available(emulated), account_of(emulated).held) == (10_000 - 10 * kept, 0)
    assert rebuilt(emulated).lots == account_of(emulated).lots
    states = Tally(end.payment.state for end in ended if end and end.payment)
    assert states == Tally({PaymentState.PAID: kept, PaymentState.REFUNDED: ROUNDS - kept})
    assert len(emulated.payments.refunded) == ROUNDS - kept


def _paid(emulated: EmulatedMall, order: Redemption) -> Received:
    emulated.payments.pay(order.redemption_id, emulated.clock.now())
    return emulated.payments.paid.pop(order.redemption_id)
