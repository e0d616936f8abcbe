"""The edge of the shops: who sent a webhook, and what it says in the programme's own words.

``verify`` first, ``translate`` after; both take the raw body, decoded from the gateway's base64.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum

from earn.shops import shopify, standard, woocommerce
from loyalty.api import signatures
from loyalty.domain.orders import OrderEvent


class ShopType(StrEnum):
    """The shop software that a webhook source runs on."""

    STANDARD = "standard"
    SHOPIFY = "shopify"
    WOOCOMMERCE = "woocommerce"


def verify(
    source_type: str,
    secrets: Sequence[str],
    headers: Mapping[str, str],
    raw_body: bytes,
    now: datetime,
) -> None:
    """Let a delivery pass only when one of the source's secrets signed it.

    WooCommerce's ping is not signed and says nothing, so it passes; ``translate`` ignores it.

    Args:
        source_type: a ``ShopType``.
        secrets: the source's secrets, several while they rotate.
        headers: as the gateway gave them.
        raw_body: the bytes that were sent.
        now: real time, aware; never the clock that can be moved.

    Raises:
        InvalidSignature: no secret of the source made the signature.
        StaleTimestamp: the message is genuine, but too old or too new.
        ValueError: the source's configuration is wrong (its type, or the form of a secret).
    """
    match ShopType(source_type):
        case ShopType.STANDARD:
            signatures.verify_standard(secrets, headers, raw_body, now)
        case ShopType.SHOPIFY:
            signatures.verify_shopify(secrets, headers, raw_body)
        case ShopType.WOOCOMMERCE:
            if not woocommerce.is_ping(raw_body):
                signatures.verify_woocommerce(secrets, headers, raw_body)


def translate(
    source_type: str,
    headers: Mapping[str, str],
    raw_body: bytes,
    *,
    test_orders: bool = False,
) -> tuple[OrderEvent, ...]:
    """Return what a verified delivery says, oldest fact first; never empty.

    Args:
        source_type: a ``ShopType``.
        headers: as the gateway gave them; Shopify and WooCommerce name the topic there.
        raw_body: the bytes that were verified.
        test_orders: whether orders that a shop marks as tests count (never where points are
            worth something).

    Raises:
        MalformedBody: the body is not JSON.
        pydantic.ValidationError: a field that is needed is missing or cannot be true.
    """
    match ShopType(source_type):
        case ShopType.STANDARD:
            return standard.translate(raw_body)
        case ShopType.SHOPIFY:
            return shopify.translate(headers, raw_body, test_orders=test_orders)
        case ShopType.WOOCOMMERCE:
            return woocommerce.translate(headers, raw_body)
