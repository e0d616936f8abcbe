"""Speaks as the shops do: their real headers, signed with the secrets of the stack file."""

import base64
import hashlib
import hmac
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

import httpx

from mall.api_client import client
from mall.stack_file import Stack


def send_webhook(
    stack: Stack,
    source: str,
    payload: Mapping[str, object],
    *,
    topic: str = "",
    message_id: str | None = None,
    secret: str | None = None,
) -> httpx.Response:
    """Deliver a shop's news of an order.

    Args:
        stack: where to.
        source: the shop's name.
        payload: what it says.
        topic: what Shopify and WooCommerce name in a header.
        message_id: the delivery's id, for repetitions.
        secret: another secret than the shop's, for forgeries.
    """
    shop = stack.webhooks[source]
    body = json.dumps(payload, ensure_ascii=False).encode()
    message_id = message_id or f"msg_{uuid.uuid4().hex}"
    headers = signed(shop.type, secret or shop.secret, body, topic, message_id)
    with client(stack.api) as http:
        return http.post(f"/v1/webhooks/{source}/orders", content=body, headers=headers)


def signed(shop_type: str, secret: str, body: bytes, topic: str, message_id: str) -> dict[str, str]:
    """Return the headers with which a shop of this type sends a body."""
    headers = {"Content-Type": "application/json"}
    match shop_type:
        case "standard":
            timestamp = str(int(datetime.now(UTC).timestamp()))
            key = base64.b64decode(secret.removeprefix("whsec_"))
            signature = _hmac(key, f"{message_id}.{timestamp}.".encode() + body)
            return headers | {
                "webhook-id": message_id,
                "webhook-timestamp": timestamp,
                "webhook-signature": f"v1,{signature}",
            }
        case "shopify":
            return headers | {
                "X-Shopify-Topic": topic,
                "X-Shopify-Webhook-Id": message_id,
                "X-Shopify-Hmac-Sha256": _hmac(secret.encode(), body),
            }
        case "woocommerce":
            return headers | {
                "X-WC-Webhook-Topic": topic,
                "X-WC-Webhook-Delivery-ID": message_id,
                "X-WC-Webhook-Signature": _hmac(secret.encode(), body),
            }
        case _:
            raise ValueError(f"No shop software is called {shop_type}.")


def _hmac(key: bytes, content: bytes) -> str:
    return base64.b64encode(hmac.digest(key, content, hashlib.sha256)).decode()
