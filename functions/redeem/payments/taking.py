"""Money that has come: it confirms its order, or goes back because the order has ended.

The provider tells it by a callback, and is asked for it before an order is given up. Whichever
comes first, the order's row lets one of them through; whatever comes after finds that it is done.
"""

from dataclasses import replace
from decimal import Decimal

from loyalty.domain import acts
from loyalty.domain.account import Account
from loyalty.domain.entry import EntryKey
from loyalty.domain.errors import Invalid
from loyalty.domain.payment import Payment, Received
from loyalty.domain.redemption import Redemption, Status
from loyalty.domain.writes import ChangeRedemption, SellHeld, Write
from loyalty.ports import Mall
from loyalty.posting import changes, until_it_holds
from redeem.booking import commit_or_race, existing, why

PROVIDER = "system"


def take_payment(mall: Mall, received: Received) -> Redemption:
    """Book what a provider has received for an order; booked before is fine.

    In time or a little late, as long as the order waits, it is confirmed. Money for an order that
    has been given up is to go back.

    Raises:
        NotFound: it is no order of ours.
        Invalid: the order asks for no money, or waits for another amount or currency.
    """

    def attempt(fresh: Account | None) -> Redemption:
        redemption = existing(mall, received.number)
        payment = redemption.payment
        waits = redemption.status is Status.PENDING_PAYMENT
        # Once the order has ended any amount goes back: a wrong one is still the member's.
        if payment is None or (waits and not fits(redemption, received)):
            raise Invalid.at("data.amount", "This is not what the order asks for.")
        if payment.paid_at is not None:
            return redemption
        paid = payment.received(received.reference, received.paid_at)
        if waits:
            return _confirm(mall, replace(redemption, payment=paid), fresh)
        return _owe_back(mall, redemption, paid)

    return until_it_holds(attempt)


def fits(redemption: Redemption, received: Received) -> bool:
    """Tell whether it is what the order asks for, to the cent."""
    asked = Decimal(redemption.cash or 0)
    return (received.amount, received.currency) == (asked, redemption.currency)


def _confirm(mall: Mall, paid: Redemption, fresh: Account | None) -> Redemption:
    """Take points and pieces that were held: the order is whole."""
    now, programme = mall.clock.now(), mall.programmes.live()
    account = fresh or mall.accounts.account(paid.member_id)
    outcome, _ = acts.capture(account, programme.today(now), paid.draws)
    confirmed = paid.reach(Status.CONFIRMED, now)
    writes: list[Write] = [
        ChangeRedemption(confirmed),
        *changes(
            account, outcome, EntryKey(paid.partition, "capture"), why(paid, now, "paid", PROVIDER)
        ),
        SellHeld(paid.item_id, paid.quantity),
    ]
    commit_or_race(mall, writes)
    return confirmed


def _owe_back(mall: Mall, redemption: Redemption, paid: Payment) -> Redemption:
    owed = replace(
        redemption, payment=paid.to_refund(mall.clock.now()), version=redemption.version + 1
    )
    commit_or_race(mall, [ChangeRedemption(owed)])
    return owed
