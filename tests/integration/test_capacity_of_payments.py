"""What points and money cost, in units; docs/capacity.md says the same."""

import pytest

from loyalty.domain.item import ItemKind
from loyalty.domain.pricing.offers import CASH_OPTION, CashOption
from loyalty.domain.redemption import Redemption, Status
from redeem.payments.expiring import expire_payment
from redeem.payments.opening import open_payment
from redeem.payments.refunding import refund
from redeem.payments.taking import take_payment
from redeem.sweep import Swept, sweep_payments
from support.counter import ADDRESS, Counter, put_on_shelf
from support.emulated import EmulatedMall
from support.shop import Shop

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]


@pytest.fixture
def order(emulated: EmulatedMall) -> Redemption:
    """An order that waits for its money."""
    Shop(emulated).pays("first", 3_000)
    option = CashOption(600, "6.50", "CNY")
    put_on_shelf(emulated, points=1_000, kind=ItemKind.PHYSICAL, cash_option=option)
    emulated.catalog.item("itm_tea", at_least=0)
    with emulated.meter.bill() as bill:
        ordered = Counter(emulated).redeem(option=CASH_OPTION, delivery=ADDRESS)
    assert bill.writes == [10]
    return ordered


def test_opening_the_page_writes_nothing(emulated: EmulatedMall, order: Redemption) -> None:
    with emulated.meter.bill() as bill:
        open_payment(emulated, "lin", order.redemption_id)
    assert bill.writes == []


def test_money_that_comes_costs_eleven_units(emulated: EmulatedMall, order: Redemption) -> None:
    open_payment(emulated, "lin", order.redemption_id)
    received = emulated.payments.pay(order.redemption_id, emulated.clock.now())
    with emulated.meter.bill() as bill:
        take_payment(emulated, received)
    assert bill.writes == [11]
    with emulated.meter.bill() as bill:
        take_payment(emulated, received)
    assert bill.writes == []


def test_giving_up_costs_eleven_units_and_late_money_back_seven(
    emulated: EmulatedMall, order: Redemption
) -> None:
    open_payment(emulated, "lin", order.redemption_id)
    emulated.clock.travel(minutes=30)
    with emulated.meter.bill() as bill:
        ended = expire_payment(emulated, order.redemption_id)
    assert (ended.status, bill.writes) == (Status.PAYMENT_EXPIRED, [11])
    received = emulated.payments.pay(order.redemption_id, emulated.clock.now())
    with emulated.meter.bill() as bill:
        take_payment(emulated, received)
        refund(emulated, order.redemption_id)
    assert bill.writes == [4, 3]


def test_a_last_look_that_finds_nothing_costs_three_units(
    emulated: EmulatedMall, order: Redemption
) -> None:
    emulated.clock.travel(minutes=90)
    expire_payment(emulated, order.redemption_id)
    with emulated.meter.bill() as bill:
        assert sweep_payments(emulated, Swept()) == Swept(payments_ended=1)
    assert bill.writes == [3]


def test_a_sweep_that_finds_nothing_due_writes_nothing(
    emulated: EmulatedMall, order: Redemption
) -> None:
    assert order.payment
    with emulated.meter.bill() as bill:
        assert sweep_payments(emulated, Swept()) == Swept()
    assert bill.writes == []
