"""Signs webhooks as the shops do, by other code than the product's own."""

import base64
import hmac
import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from standardwebhooks.webhooks import Webhook

from mall.stack_file import Shop


def signed(
    shop: Shop,
    payload: Mapping[str, Any],
    *,
    topic: str = "",
    delivery_id: str = "",
    sent_at: datetime | None = None,
) -> tuple[bytes, dict[str, str]]:
    """A webhook's raw body and headers.

    Args:
        shop: whose webhook it is.
        payload: what it tells.
        topic: what it is about; a standard one says so itself, in `type`.
        delivery_id: the delivery's own id; a new one where none is given.
        sent_at: when the shop says it was sent; now, where nothing is given.
    """
    delivery = delivery_id or f"msg_{uuid.uuid4().hex}"
    body = json.dumps(payload, ensure_ascii=False)
    match shop.type:
        case "standard":
            at = sent_at or datetime.now(UTC)
            signature = Webhook(shop.secret).sign(delivery, at, body)
            headers = {
                "webhook-id": delivery,
                "webhook-timestamp": str(int(at.timestamp())),
                "webhook-signature": signature,
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
