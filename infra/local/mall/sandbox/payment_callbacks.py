"""Telling the mall of payments: signed by Standard Webhooks, tried again, or misbehaving."""

import base64
import hmac
import json
import secrets
import threading
import time
from hashlib import sha256

import httpx

from mall.sandbox.payments_state import Sandbox, SandboxPayment

TRIES = 5
"""How often a callback that is not answered is sent."""

CERTAIN = {200, 401, 404, 422}
"""Answers after which saying it again changes nothing."""


def tell_mall(sandbox: Sandbox, payment: SandboxPayment) -> None:
    """Send the news of a payment, in the background, as the knobs say."""
    with sandbox.changing():
        lost, knobs = sandbox.loses("lost_callbacks"), sandbox.knobs
        copies = 1 + knobs.repeats
        wait = knobs.late_seconds
        secret = _nobodys_secret() if knobs.forged else sandbox.callback_secret
    if lost or not sandbox.callback_url:
        return

    def send() -> None:
        time.sleep(wait)
        for _ in range(copies):
            deliver(sandbox.callback_url, secret, payment)

    threading.Thread(target=send, daemon=True).start()


def deliver(url: str, secret: str, payment: SandboxPayment) -> int:
    """Send one callback until it is taken, or given up; return the last status."""
    status = 0
    for attempt in range(TRIES):
        try:
            status = call_back(url, secret, payment)
        except httpx.HTTPError:
            status = 0
        if status in CERTAIN:
            return status
        time.sleep(0.2 * 2**attempt)
    return status


def call_back(url: str, secret: str, payment: SandboxPayment) -> int:
    """Send one callback once; return the status of the answer."""
    data = {
        "number": payment.number,
        "payment_id": payment.payment_id,
        "amount": payment.amount,
        "currency": payment.currency,
        "paid_at": payment.paid_at,
    }
    body = json.dumps({"type": "payment.paid", "timestamp": payment.paid_at, "data": data}).encode()
    headers = signed_headers(secret, payment.payment_id, body, int(time.time()))
    return httpx.post(url, content=body, headers=headers, timeout=15).status_code


def signed_headers(secret: str, message_id: str, body: bytes, sent_at: int) -> dict[str, str]:
    """Return the headers of a callback, signed by Standard Webhooks."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    content = f"{message_id}.{sent_at}.".encode() + body
    signature = base64.b64encode(hmac.new(key, content, sha256).digest()).decode()
    return {
        "content-type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(sent_at),
        "webhook-signature": f"v1,{signature}",
    }


def _nobodys_secret() -> str:
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"
