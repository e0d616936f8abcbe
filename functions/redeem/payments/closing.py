"""A last look at payments of orders that ended unpaid.

The provider's page may have been paid all the same, and its callback lost, or refused for its
amount. Some time after nobody can pay there any more it is asked once: what came goes back.
"""

from dataclasses import replace

from loyalty.domain.account import Account
from loyalty.domain.redemption import ENDED_UNPAID, Redemption
from loyalty.domain.writes import ChangeRedemption
from loyalty.ports import Mall
from loyalty.posting import until_it_holds
from redeem.booking import commit_or_race, existing
from redeem.payments.taking import take_payment


def close_payment(mall: Mall, redemption_id: str) -> Redemption:
    """Ask for money that nobody told of, and owe it back; or note that none came.

    Raises:
        NotFound: there is no such redemption.
        PaymentsUnavailable: the provider does not say whether anything was paid.
    """
    if not _is_open(existing(mall, redemption_id)):
        return existing(mall, redemption_id)
    received = mall.payments.received(redemption_id) if mall.payments else None
    if received:
        return take_payment(mall, received)

    def attempt(_: Account | None) -> Redemption:
        redemption = existing(mall, redemption_id)
        if redemption.payment is None or not _is_open(redemption):
            return redemption
        payment = replace(redemption.payment, closed_at=mall.clock.now())
        closed = replace(redemption, payment=payment, version=redemption.version + 1)
        commit_or_race(mall, [ChangeRedemption(closed)])
        return closed

    return until_it_holds(attempt)


def _is_open(redemption: Redemption) -> bool:
    payment = redemption.payment
    return redemption.status in ENDED_UNPAID and payment is not None and payment.may_be_paid
