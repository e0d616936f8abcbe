"""Shops' order webhooks: verify the raw body, translate it, book what it says.

A repetition is told by the ledger's own keys, not by delivery ids: the fact of an order is booked
once for ever, whoever delivers it and under whatever id.
"""

import base64
from datetime import UTC, datetime

from aws_lambda_powertools.event_handler import Response, content_types
from aws_lambda_powertools.utilities.data_classes import APIGatewayProxyEventV2

from earn import service, shops
from earn.schemas import ReceiptView
from loyalty.api import create_app
from loyalty.api.validation import refused_as_invalid
from loyalty.bootstrap import mall, settings
from loyalty.domain.errors import NotFound
from loyalty.domain.orders import OrderEvent

app = create_app("earn", refuses_unknown=False)
lambda_handler = app.resolve


@app.post("/v1/webhooks/<source>/orders", status_code=202)
def receive_order_news(source: str) -> Response[ReceiptView]:
    """Take a shop's news of an order: paid, updated, refunded or cancelled."""
    events = read_delivery(source, app.current_event)
    receipt = ReceiptView.of([service.take_news(mall(), source, event) for event in events])
    return Response(receipt.http_status, content_types.APPLICATION_JSON, body=receipt)


def read_delivery(source: str, event: APIGatewayProxyEventV2) -> tuple[OrderEvent, ...]:
    """Return what a delivery says, once it is known who sent it.

    Raises:
        NotFound: no such shop is configured.
        InvalidSignature, StaleTimestamp: it is not the shop that speaks, or not now.
        MalformedBody, Invalid: the body is not what this shop sends.
    """
    shop = mall().secrets.webhook_sources().get(source)
    if shop is None:
        raise NotFound("No shop of this name is configured.")
    raw_body = _raw_body(event)
    # The gateway's own time: signatures are as old as they are, wherever the mall's clock is.
    now = datetime.fromtimestamp(event.request_context.time_epoch / 1000, UTC)
    shops.verify(shop.type, shop.secrets, event.headers, raw_body, now)
    with refused_as_invalid():
        return shops.translate(
            shop.type, event.headers, raw_body, test_orders=settings().may_travel_in_time
        )


def _raw_body(event: APIGatewayProxyEventV2) -> bytes:
    body = event.body or ""
    return base64.b64decode(body) if event.is_base64_encoded else body.encode()
