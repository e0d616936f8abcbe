"""Giving money back: the row says that it is owed, the provider gives it, the row says it is done.

Broken off in between, it is done again: the provider gives the same money back once.
"""

from dataclasses import replace

from loyalty.domain.account import Account
from loyalty.domain.payment import PaymentState
from loyalty.domain.redemption import Redemption
from loyalty.domain.writes import ChangeRedemption
from loyalty.ports import Mall
from loyalty.posting import until_it_holds
from redeem.booking import commit_or_race, existing
from redeem.payments.opening import provider_of


def refund(mall: Mall, redemption_id: str) -> Redemption:
    """Give back the money of an order that has ended; given back before, or not owed, is fine.

    Raises:
        NotFound: there is no such redemption.
        PaymentsUnavailable: whether it went back is unknown: ask again.
        NotEligible: the mall has no provider any more.
    """
    owed = existing(mall, redemption_id)
    if not _is_owed(owed):
        return owed
    provider_of(mall).refund(redemption_id)

    def attempt(_: Account | None) -> Redemption:
        redemption = existing(mall, redemption_id)
        if redemption.payment is None or not _is_owed(redemption):
            return redemption
        payment = redemption.payment.refunded(mall.clock.now())
        done = replace(redemption, payment=payment, version=redemption.version + 1)
        commit_or_race(mall, [ChangeRedemption(done)])
        return done

    return until_it_holds(attempt)


def _is_owed(redemption: Redemption) -> bool:
    payment = redemption.payment
    return payment is not None and payment.state is PaymentState.REFUND_DUE
