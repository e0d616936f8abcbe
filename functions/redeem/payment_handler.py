"""Callbacks of payment providers: verified on the raw body, then booked as what they say."""

import base64
from datetime import UTC, datetime

from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from loyalty.api import create_app
from loyalty.bootstrap import mall
from loyalty.domain.payment import Received
from redeem.payments.callbacks import read_callback
from redeem.payments.taking import take_payment
from redeem.schemas import CallbackTaken

app = create_app("redeem", refuses_unknown=False)
lambda_handler = app.resolve


@app.post("/v1/payments/<provider>/callbacks")
def receive_callback(provider: str) -> CallbackTaken:
    """Take a payment provider's news: an order is paid."""
    received = read_delivery(provider, app.current_event)
    return CallbackTaken(status="taken" if book(received) else "ignored")


def read_delivery(provider: str, event: APIGatewayProxyEventV2) -> Received | None:
    """Return what a callback says was paid, once it is known who sent it.

    Raises:
        NotFound, InvalidSignature, StaleTimestamp, Invalid: as they say.
    """
    body = event.body or ""
    raw_body = base64.b64decode(body) if event.is_base64_encoded else body.encode()
    # The gateway's own time: signatures are as old as they are, wherever the mall's clock is.
    now = datetime.fromtimestamp(event.request_context.time_epoch / 1000, UTC)
    return read_callback(mall(), provider, event.headers, raw_body, now)


def book(received: Received | None) -> bool:
    """Book what was paid; tell whether anything was."""
    if received is None:
        return False
    take_payment(mall(), received)
    return True
