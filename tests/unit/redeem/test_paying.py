"""Points and cash: what is held until the money comes, and where it goes when things cross."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Kind
from loyalty.domain.errors import Busy, Invalid, NotAllowedNow, NotEligible, NotFound, QuoteChanged
from loyalty.domain.item import Review
from loyalty.domain.payment import PaymentState, Received
from loyalty.domain.pricing.offers import CASH_OPTION, CashOption
from loyalty.domain.redemption import Redemption, Status, Verdict
from loyalty.domain.steps import Act, Actor, allowed_acts
from loyalty.ports import PaymentsUnavailable
from redeem.orders import Order
from redeem.payments.expiring import expire_payment
from redeem.payments.opening import open_payment
from redeem.payments.refunding import refund
from redeem.payments.taking import take_payment
from redeem.review import conclude
from redeem.service import quote_redemption
from redeem.sweep import Swept, sweep_payments
from support.books import account_of, available, facts_of
from support.counter import Counter, put_on_shelf

OPTION = CashOption(6, "6.50", "CNY")


@pytest.fixture
def order(mall: MemoryMall, counter: Counter) -> Redemption:
    """Two cups for 12 points and 13.00 yuan, not paid yet."""
    put_on_shelf(mall, "itm_cup", points=10, stock=5, cash_option=OPTION)
    return counter.redeem(2, "itm_cup", option=CASH_OPTION, expected_cash="13.00")


def now_of(mall: MemoryMall, redemption: Redemption) -> Redemption:
    found = mall.redemptions.redemption(redemption.redemption_id)
    assert found is not None
    return found


def pays(mall: MemoryMall, redemption: Redemption, amount: str | None = None) -> Received:
    open_payment(mall, "lin", redemption.redemption_id)
    return mall.payments.pay(redemption.redemption_id, mall.clock.now(), amount)


def stock_of(mall: MemoryMall) -> tuple[int, int, int]:
    stock = mall.catalog.stock("itm_cup")
    assert stock is not None
    return stock.on_hand, stock.held, stock.sold


def test_an_order_that_asks_for_money_holds_points_and_pieces(
    mall: MemoryMall, order: Redemption
) -> None:
    assert (order.status, order.points, order.cash, order.currency) == (
        Status.PENDING_PAYMENT,
        12,
        "13.00",
        "CNY",
    )
    assert (available(mall), account_of(mall).held, stock_of(mall)) == (88, 12, (3, 2, 0))
    assert order.payment and (order.payment.due_at - order.created_at).seconds == 30 * 60
    assert allowed_acts(order, Actor.MEMBER) == [Act.PAY, Act.CANCEL]


def test_another_price_in_money_is_not_charged(mall: MemoryMall, counter: Counter) -> None:
    put_on_shelf(mall, "itm_cup", cash_option=OPTION)
    with pytest.raises(QuoteChanged) as refused:
        counter.redeem(1, "itm_cup", option=CASH_OPTION, expected_cash="6.00")
    assert refused.value.facts["quote"]["cash"] == "6.50"


def test_the_page_is_the_same_however_often_it_is_opened(
    mall: MemoryMall, order: Redemption
) -> None:
    first = open_payment(mall, "lin", order.redemption_id)
    assert open_payment(mall, "lin", order.redemption_id) == first
    assert (first.cash, first.currency) == ("13.00", "CNY")
    with pytest.raises(NotFound):
        open_payment(mall, "wang", order.redemption_id)


def test_money_in_time_confirms_the_order_once(mall: MemoryMall, order: Redemption) -> None:
    received = pays(mall, order)
    confirmed = take_payment(mall, received)
    assert (confirmed.status, account_of(mall).held) == (Status.CONFIRMED, 0)
    assert (available(mall), stock_of(mall)) == (88, (3, 0, 2))
    assert take_payment(mall, received) == confirmed
    assert len(facts_of(mall)) == 3, "earned, held, captured"
    with pytest.raises(NotAllowedNow):
        open_payment(mall, "lin", order.redemption_id)


@pytest.mark.parametrize(("amount", "currency"), [("0.01", "CNY"), ("13.00", "USD")])
def test_money_that_is_not_what_was_asked_for_confirms_nothing(
    mall: MemoryMall, order: Redemption, amount: str, currency: str
) -> None:
    received = replace(pays(mall, order), amount=Decimal(amount), currency=currency)
    with pytest.raises(Invalid):
        take_payment(mall, received)
    assert now_of(mall, order) == order


def test_an_order_that_is_not_paid_in_time_is_given_back(
    mall: MemoryMall, order: Redemption
) -> None:
    mall.clock.travel(minutes=29, seconds=59)
    assert expire_payment(mall, order.redemption_id) == order
    mall.clock.travel(seconds=1)
    with pytest.raises(NotAllowedNow):
        open_payment(mall, "lin", order.redemption_id)
    assert sweep_payments(mall, Swept()) == Swept(payments_ended=1)
    assert now_of(mall, order).status is Status.PAYMENT_EXPIRED
    assert (available(mall), account_of(mall).held, stock_of(mall)) == (100, 0, (5, 0, 0))
    assert sweep_payments(mall, Swept()) == Swept()


def test_money_whose_callback_was_lost_is_found_before_giving_up(
    mall: MemoryMall, order: Redemption
) -> None:
    pays(mall, order)
    mall.clock.travel(minutes=30)
    assert expire_payment(mall, order.redemption_id).status is Status.CONFIRMED


def test_nothing_is_given_up_while_the_provider_does_not_answer(
    mall: MemoryMall, order: Redemption
) -> None:
    pays(mall, order)
    mall.payments.is_down = True
    mall.clock.travel(minutes=31)
    assert sweep_payments(mall, Swept()) == Swept(unanswered=1)
    assert now_of(mall, order) == order
    mall.payments.is_down = False
    assert sweep_payments(mall, Swept()) == Swept(payments_ended=1)
    assert now_of(mall, order).status is Status.CONFIRMED


def test_money_that_comes_after_the_end_goes_back(mall: MemoryMall, order: Redemption) -> None:
    open_payment(mall, "lin", order.redemption_id)
    mall.clock.travel(minutes=30)
    expire_payment(mall, order.redemption_id)
    received = mall.payments.pay(order.redemption_id, mall.clock.now())
    assert state(take_payment(mall, received)) is PaymentState.REFUND_DUE
    assert state(take_payment(mall, received)) is PaymentState.REFUND_DUE
    assert state(refund(mall, order.redemption_id)) is PaymentState.REFUNDED
    refund(mall, order.redemption_id)
    assert mall.payments.refunded == [order.redemption_id]
    assert now_of(mall, order).status is Status.PAYMENT_EXPIRED
    assert (available(mall), stock_of(mall)) == (100, (5, 0, 0))


def test_a_wrong_amount_ends_with_the_order_and_goes_back(
    mall: MemoryMall, order: Redemption
) -> None:
    pays(mall, order, "1.00")
    mall.clock.travel(minutes=30)
    assert sweep_payments(mall, Swept()) == Swept(payments_ended=1, refunded=1)
    ended = now_of(mall, order)
    assert (ended.status, state(ended)) == (Status.PAYMENT_EXPIRED, PaymentState.REFUNDED)


def test_money_for_a_cancelled_order_is_looked_for_once_more(
    mall: MemoryMall, counter: Counter, order: Redemption
) -> None:
    pays(mall, order)
    counter.cancel(order)
    mall.clock.travel(minutes=89)
    assert sweep_payments(mall, Swept()) == Swept()
    mall.clock.travel(minutes=1)
    assert sweep_payments(mall, Swept()) == Swept(payments_ended=1, refunded=1)
    assert state(now_of(mall, order)) is PaymentState.REFUNDED


def test_an_order_that_was_never_paid_is_looked_at_no_longer(
    mall: MemoryMall, counter: Counter, order: Redemption
) -> None:
    counter.cancel(order)
    mall.clock.travel(minutes=90)
    assert sweep_payments(mall, Swept()) == Swept(payments_ended=1)
    assert sweep_payments(mall, Swept()) == Swept()
    assert (now_of(mall, order).status, available(mall)) == (Status.CANCELLED, 100)


def test_a_wrong_amount_for_an_order_that_has_ended_goes_back(
    mall: MemoryMall, counter: Counter, order: Redemption
) -> None:
    received = pays(mall, order, "1.00")
    counter.cancel(order)
    assert state(take_payment(mall, received)) is PaymentState.REFUND_DUE


def test_an_order_may_be_cancelled_before_it_is_paid(
    mall: MemoryMall, counter: Counter, order: Redemption
) -> None:
    cancelled = counter.cancel(order)
    assert (cancelled.status, state(cancelled)) == (Status.CANCELLED, PaymentState.OPEN)
    assert (available(mall), account_of(mall).held, stock_of(mall)) == (100, 0, (5, 0, 0))
    assert state(take_payment(mall, order_paid(mall, order))) is PaymentState.REFUND_DUE


def test_a_paid_order_that_is_cancelled_gives_points_and_money_back(
    mall: MemoryMall, counter: Counter, order: Redemption
) -> None:
    take_payment(mall, pays(mall, order))
    assert state(counter.cancel(order)) is PaymentState.REFUND_DUE
    mall.payments.is_down = True
    with pytest.raises(PaymentsUnavailable):
        refund(mall, order.redemption_id)
    mall.payments.is_down = False
    assert sweep_payments(mall, Swept()) == Swept(refunded=1)
    assert mall.payments.refunded == [order.redemption_id]
    assert (available(mall), stock_of(mall)) == (100, (5, 0, 0))


def test_a_review_comes_before_the_money(mall: MemoryMall, counter: Counter) -> None:
    put_on_shelf(mall, "itm_cup", stock=5, cash_option=OPTION, review=Review.ALWAYS)
    reviewed = counter.redeem(1, "itm_cup", option=CASH_OPTION)
    assert (reviewed.status, reviewed.payment) == (Status.PENDING_REVIEW, None)
    with pytest.raises(NotAllowedNow):
        open_payment(mall, "lin", reviewed.redemption_id)
    mall.clock.travel(hours=2)
    counter.decide(reviewed, Verdict.APPROVE)
    approved = conclude(mall, reviewed.redemption_id)
    assert (approved.status, account_of(mall).held) == (Status.PENDING_PAYMENT, 6)
    assert approved.payment and approved.payment.due_at > mall.clock.now()
    paid = take_payment(mall, pays(mall, reviewed))
    assert [step.status for step in paid.timeline] == [
        Status.PENDING_REVIEW,
        Status.PENDING_PAYMENT,
        Status.CONFIRMED,
    ]


def test_a_provider_that_does_not_answer_is_asked_again(
    mall: MemoryMall, order: Redemption
) -> None:
    mall.payments.is_down = True
    with pytest.raises(Busy):
        open_payment(mall, "lin", order.redemption_id)


def test_a_mall_without_a_provider_takes_no_money(mall: MemoryMall, counter: Counter) -> None:
    put_on_shelf(mall, "itm_cup", cash_option=OPTION)
    mall.payments = None  # type: ignore[assignment] # a mall may have none
    assert quote_redemption(mall, "lin", Order("itm_cup", 1, CASH_OPTION)).reasons == (
        "no-payments",
    )
    with pytest.raises(NotEligible):
        counter.redeem(1, "itm_cup", option=CASH_OPTION)
    assert counter.redeem(1, "itm_cup").status is Status.CONFIRMED


def test_the_same_key_is_answered_as_at_first(mall: MemoryMall, counter: Counter) -> None:
    put_on_shelf(mall, "itm_cup", stock=5, cash_option=OPTION)
    wanted: dict[str, Any] = {"option": CASH_OPTION, "key": "key-of-the-cup"}
    first = counter.redeem(1, "itm_cup", **wanted)
    take_payment(mall, pays(mall, first))
    assert counter.redeem(1, "itm_cup", **wanted) == first


def test_the_entries_say_what_was_held_and_taken(mall: MemoryMall, order: Redemption) -> None:
    take_payment(mall, pays(mall, order))
    page = mall.ledger.statement("lin")
    kinds = [entry.kind for entry in page.items if entry.reference == order.redemption_id]
    assert sorted(kinds) == [Kind.CAPTURE, Kind.HOLD]


def order_paid(mall: MemoryMall, order: Redemption) -> Received:
    assert order.cash and order.currency
    amount = Decimal(order.cash)
    return Received(order.redemption_id, "pay-1", amount, order.currency, mall.clock.now())


def state(redemption: Redemption) -> PaymentState:
    assert redemption.payment is not None
    return redemption.payment.state
