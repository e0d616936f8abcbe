"""What a payment provider calls back with: by Standard Webhooks, so it is known who speaks."""

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from pydantic import AwareDatetime, BaseModel

from loyalty.api.signatures import verify_standard
from loyalty.api.validation import refused_as_invalid
from loyalty.domain.errors import NotFound
from loyalty.domain.payment import Received
from loyalty.ports import Mall

PAID = "payment.paid"


class Paid(BaseModel):
    """A payment that was made; what else a provider says of it is ignored."""

    number: str
    payment_id: str
    amount: Decimal
    currency: str
    paid_at: AwareDatetime


class PaidCallback(BaseModel):
    """The news of a payment that was made."""

    data: Paid


class Callback(BaseModel):
    """Any news; only those of payments change something here."""

    type: str


def read_callback(
    mall: Mall, provider: str, headers: Mapping[str, str], raw_body: bytes, now: datetime
) -> Received | None:
    """Return what was paid, once it is known who says so; None for other news.

    Raises:
        NotFound: the mall has no provider of this name.
        InvalidSignature, StaleTimestamp: it is not the provider that speaks, or not now.
        MalformedBody, Invalid: the body is not what a provider sends.
    """
    if mall.payments is None or (known := mall.secrets.payments()).provider != provider:
        raise NotFound("There is no payment provider of this name.")
    verify_standard(known.callback_secrets, headers, raw_body, now)
    with refused_as_invalid():
        if Callback.model_validate_json(raw_body).type != PAID:
            return None
        told = PaidCallback.model_validate_json(raw_body).data
    return Received(told.number, told.payment_id, told.amount, told.currency, told.paid_at)
