"""Headers as the gateway hands them over: names in any case, each meant to stand once."""

from collections.abc import Mapping


def header(headers: Mapping[str, str], name: str) -> str | None:
    """Return the one value of a header, or nothing where it is absent or ambiguous.

    The gateway lower-cases names and joins repetitions with commas; a joined signature or topic
    fits nothing. Where a caller keeps both spellings of a name, neither is believed.

    >>> header({"X-Shop-Topic": "orders/paid"}, "x-shop-topic")
    'orders/paid'
    """
    values = [value for key, value in headers.items() if key.lower() == name]
    return values[0] if len(values) == 1 else None
