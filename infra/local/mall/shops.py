"""Speaks as the shops do: their real headers, signed by other code than the product's own."""

import base64
import hmac
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

import httpx
from standardwebhooks.webhooks import Webhook

from mall.api_client import client
from mall.stack_file import Shop, Stack


def send_webhook(
    stack: Stack,
    source: str,
    payload: Mapping[str, object],
    *,
    topic: str = "",
    delivery_id: str = "",
    secret: str = "",
) -> httpx.Response:
    """Deliver a shop's news of an order; ``secret``: another than the shop's, for forgeries."""
    shop = stack.webhooks[source]
    shop = shop.model_copy(update={"secret": secret or shop.secret})
    body, headers = signed(shop, payload, topic=topic, delivery_id=delivery_id)
    with client(stack.api) as http:
        return http.post(f"/v1/webhooks/{source}/orders", content=body, headers=headers)


def signed(
    shop: Shop,
    payload: Mapping[str, object],
    *,
    topic: str = "",
    delivery_id: str = "",
    sent_at: datetime | None = None,
) -> tuple[bytes, dict[str, str]]:
    """Return a webhook's raw body and headers.

    Args:
        shop: whose webhook it is.
        payload: what it tells.
        topic: what it is about; a standard one says so itself, in ``type``.
        delivery_id: the delivery's own id; a new one where none is given.
        sent_at: when the shop says it was sent; now, where nothing is given.
    """
    delivery = delivery_id or f"msg_{uuid.uuid4().hex}"
    body = json.dumps(payload, ensure_ascii=False)
    match shop.type:
        case "standard":
            at = sent_at or datetime.now(UTC)
            headers = {
                "webhook-id": delivery,
                "webhook-timestamp": str(int(at.timestamp())),
                "webhook-signature": Webhook(shop.secret).sign(delivery, at, body),
            }
        case "shopify":
            headers = {
                "X-Shopify-Topic": topic,
                "X-Shopify-Webhook-Id": delivery,
                "X-Shopify-Hmac-Sha256": _hmac(shop.secret, body),
            }
        case _:
            headers = {
                "X-WC-Webhook-Topic": topic,
                "X-WC-Webhook-Delivery-ID": delivery,
                "X-WC-Webhook-Signature": _hmac(shop.secret, body),
            }
    return body.encode(), {"Content-Type": "application/json", **headers}


def _hmac(secret: str, body: str) -> str:
    return base64.b64encode(hmac.digest(secret.encode(), body.encode(), "sha256")).decode()
