"""Sending a member to the provider's page. Nothing is written: the order's number is the key."""

from dataclasses import dataclass
from datetime import datetime

from loyalty.domain.errors import Busy, NotAllowedNow, NotEligible
from loyalty.domain.redemption import Redemption
from loyalty.domain.steps import Act, Actor, allowed_acts, require
from loyalty.ports import Mall, PaymentOrder, PaymentProvider, PaymentsUnavailable
from redeem.booking import owned


@dataclass(frozen=True, slots=True)
class PaymentPage:
    """Where a member pays, what, and until when."""

    url: str
    cash: str
    currency: str
    expires_at: datetime


def open_payment(mall: Mall, member_id: str, redemption_id: str) -> PaymentPage:
    """Return the page on which the money of an order is paid; the same one, however often.

    Raises:
        NotFound: there is no such order of this member.
        NotAllowedNow: nothing is to be paid, or its time is over.
        NotEligible: the mall takes no money any more.
        Busy: the provider does not answer.
    """
    redemption = owned(mall, member_id, redemption_id)
    require(redemption, Act.PAY, Actor.MEMBER)
    payment, cash, currency = redemption.payment, redemption.cash, redemption.currency
    assert payment and cash and currency, "what waits for its money says how much"
    if payment.due_at <= mall.clock.now():
        raise _too_late(redemption)
    order = PaymentOrder(redemption_id, cash, currency, redemption.order_number, payment.due_at)
    try:
        url = provider_of(mall).open(order)
    except PaymentsUnavailable as error:
        raise Busy("The payment provider does not answer.") from error
    return PaymentPage(url, cash, currency, payment.due_at)


def provider_of(mall: Mall) -> PaymentProvider:
    """Return the payment provider.

    Raises:
        NotEligible: there is none.
    """
    if mall.payments is None:
        raise NotEligible("The mall takes no money.", reasons=["no-payments"])
    return mall.payments


def _too_late(redemption: Redemption) -> NotAllowedNow:
    others = [act for act in allowed_acts(redemption, Actor.MEMBER) if act is not Act.PAY]
    return NotAllowedNow(
        "The time to pay is over.", status=redemption.status, allowed_actions=others
    )
