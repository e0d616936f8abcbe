"""Who sent this webhook: signatures over the raw body, compared in constant time.

Nothing of the body is parsed here. A source may hold several secrets while they rotate; each is
tried against each signature, to the end, so that time tells nothing about which one fitted.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from loyalty.api.headers import header
from loyalty.domain.errors import InvalidSignature, StaleTimestamp

TOLERANCE_SECONDS = 300
"""Standard Webhooks: how far a message's timestamp may be from real time, either way."""

SHOPIFY_HEADER = "x-shopify-hmac-sha256"
WOOCOMMERCE_HEADER = "x-wc-webhook-signature"

_UNIX_SECONDS = re.compile(r"[0-9]{1,12}")


def verify_standard(
    secrets: Sequence[str], headers: Mapping[str, str], raw_body: bytes, now: datetime
) -> None:
    """Check a Standard Webhooks message: id, timestamp and body, signed together.

    The signature is read before the timestamp, so only a genuine sender learns of a stale one.

    Raises:
        InvalidSignature: no secret of the source made any of the signatures.
        StaleTimestamp: the message is genuine, but more than five minutes from ``now``.
    """
    message_id, sent_at = header(headers, "webhook-id"), header(headers, "webhook-timestamp")
    if not message_id or not sent_at or not _UNIX_SECONDS.fullmatch(sent_at):
        raise InvalidSignature("webhook-id or webhook-timestamp is missing or not readable.")
    entries = (header(headers, "webhook-signature") or "").split()
    offered = [entry.removeprefix("v1,") for entry in entries if entry.startswith("v1,")]
    content = _octets(f"{message_id}.{sent_at}.") + raw_body
    _require_match(offered, [_sign(_standard_key(secret), content) for secret in secrets])
    if abs(now.timestamp() - int(sent_at)) > TOLERANCE_SECONDS:
        raise StaleTimestamp(tolerance_seconds=TOLERANCE_SECONDS)


def verify_shopify(secrets: Sequence[str], headers: Mapping[str, str], raw_body: bytes) -> None:
    """Check Shopify's HMAC of the raw body, by the app's client secret.

    Raises:
        InvalidSignature: no secret of the source made the signature.
    """
    _verify_body(SHOPIFY_HEADER, secrets, headers, raw_body)


def verify_woocommerce(secrets: Sequence[str], headers: Mapping[str, str], raw_body: bytes) -> None:
    """Check WooCommerce's HMAC of the raw body, by the webhook's secret.

    Raises:
        InvalidSignature: no secret of the source made the signature.
    """
    _verify_body(WOOCOMMERCE_HEADER, secrets, headers, raw_body)


def _verify_body(
    name: str, secrets: Sequence[str], headers: Mapping[str, str], raw_body: bytes
) -> None:
    signature = header(headers, name)
    offered = [signature] if signature else []
    _require_match(offered, [_sign(_plain_key(secret), raw_body) for secret in secrets])


def _require_match(offered: Sequence[str], expected: Sequence[bytes]) -> None:
    matched = False
    for signature in offered:
        for candidate in expected:
            # no early exit: every pair is compared, whatever came before
            matched |= hmac.compare_digest(_octets(signature), candidate)
    if not matched:
        raise InvalidSignature


def _octets(value: str) -> bytes:
    # a header may hold anything, half a surrogate pair too; it only has to fit nothing
    return value.encode(errors="replace")


def _sign(key: bytes, content: bytes) -> bytes:
    return base64.b64encode(hmac.new(key, content, sha256).digest())


def _standard_key(secret: str) -> bytes:
    try:
        text = secret.removeprefix("whsec_").rstrip("=")
        key = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error:
        key = b""
    if not key:
        raise ValueError("A secret of this webhook source is not of the form whsec_<base64>.")
    return key


def _plain_key(secret: str) -> bytes:
    if not secret:
        # anybody can sign with an empty key
        raise ValueError("A secret of this webhook source is empty.")
    return secret.encode()
