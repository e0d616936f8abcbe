"""Orders that wait for money, and money that goes back: kept and queued alike in every store."""

from dataclasses import replace
from datetime import timedelta

from contract.rows import NOW, item, opening, redemption, stock
from loyalty.domain.payment import Payment
from loyalty.domain.pricing.offers import Bundle, CashOption, LimitedPrice
from loyalty.domain.redemption import Redemption, Status
from loyalty.domain.writes import AddEntry, AddItem, ChangeRedemption, OpenRedemption
from support.stored import Stored

DUE = NOW + timedelta(minutes=30)


def waiting(redemption_id: str, minutes: int = 0) -> Redemption:
    return redemption(
        redemption_id,
        status=Status.PENDING_PAYMENT,
        option="points_cash",
        cash="13.00",
        currency="CNY",
        payment=Payment(DUE + timedelta(minutes=minutes)),
    )


def submit(mall: Stored, *redemptions: Redemption) -> None:
    for each in redemptions:
        mall.store.commit([OpenRedemption(each), AddEntry(opening(each))])


def queued(mall: Stored, queue: str) -> list[Redemption]:
    return list(mall.redemptions.in_queue(queue).items)


def test_what_waits_for_money_is_listed_by_what_is_due_first(mall: Stored) -> None:
    late, soon = waiting("rdm_late", 5), waiting("rdm_soon")
    submit(mall, late, soon, redemption("rdm_x"))
    assert queued(mall, "payment") == [soon, late]
    assert queued(mall, "refund") == []


def test_money_is_listed_while_it_is_owed_back_and_no_longer(mall: Stored) -> None:
    order = waiting("rdm_1")
    submit(mall, order)
    assert order.payment
    paid = order.payment.received("pay_1", NOW + timedelta(minutes=1))
    owed = replace(order.reach(Status.CANCELLED, NOW), payment=paid.to_refund(NOW))
    mall.store.commit([ChangeRedemption(owed)])
    assert mall.redemptions.redemption("rdm_1") == owed
    assert (queued(mall, "payment"), queued(mall, "refund")) == ([], [owed])

    done = replace(owed, payment=paid.to_refund(NOW).refunded(DUE), version=owed.version + 1)
    mall.store.commit([ChangeRedemption(done)])
    assert mall.redemptions.redemption("rdm_1") == done
    assert queued(mall, "refund") == []


def test_an_item_comes_back_with_all_its_prices(mall: Stored) -> None:
    priced = item(
        cash_option=CashOption(600, "6.50", "CNY"),
        tier_prices={"gold": 800},
        only_tiers=("gold", "silver"),
        limited_price=LimitedPrice(80, NOW, DUE),
        bundle=Bundle(3, 2_500),
        newcomer_days=30,
    )
    mall.store.commit([AddItem(priced, stock())])
    assert mall.catalog.item("tea") == priced
    (listed,) = mall.catalog.on_shelf()
    assert (listed.cash_option, listed.limited_price) == (priced.cash_option, priced.limited_price)
