"""What every shop's payload is made of; whatever cannot be true is refused with a reason."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, NoReturn

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from loyalty.domain.errors import MalformedBody

MONEY_LIMIT = Decimal(10) ** 12
MONEY_DECIMALS = 6
YEARS = range(2000, 2101)

_PLAIN_DECIMAL = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Payload(BaseModel):
    """A part of a shop's body: what we read of it is checked, what we do not know is ignored."""

    model_config = ConfigDict(extra="ignore", frozen=True)


def parse_json(raw_body: bytes) -> Any:
    """Read a body as JSON, with numbers exact.

    Raises:
        MalformedBody: it is not JSON in UTF-8 (NaN and Infinity are no JSON).
    """
    try:
        return json.loads(raw_body.decode(), parse_float=Decimal, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise MalformedBody("The body is not JSON.") from None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _plain_decimal(value: object) -> object:
    # Decimal() itself would read "1_000", " 5 " and digits of any script
    if isinstance(value, str) and not _PLAIN_DECIMAL.fullmatch(value):
        raise ValueError("must be a plain decimal number such as 118.00")
    # a bare number may carry the noise of a binary fraction: 27.499999999999996
    if isinstance(value, Decimal) and abs(value) < MONEY_LIMIT and decimals(value) > MONEY_DECIMALS:
        return round(value, MONEY_DECIMALS)
    return value


def decimals(value: Decimal) -> int:
    """Return how many decimals an amount is written with: 2 for 19.00."""
    exponent = value.as_tuple().exponent
    return -exponent if isinstance(exponent, int) else 0


def _number_to_text(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _text_only(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("must be an instant such as 2026-11-21T08:30:00Z")
    return value


def _in_utc(value: datetime) -> datetime:
    if value.year not in YEARS:
        raise ValueError(f"must be of the years {YEARS.start} to {YEARS.stop - 1}")
    return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def _aware(value: datetime) -> datetime:
    if value.tzinfo is None:
        raise ValueError("must name its offset from UTC, such as Z")
    return value


SignedMoney = Annotated[
    Decimal,
    BeforeValidator(_plain_decimal),
    Field(gt=-MONEY_LIMIT, lt=MONEY_LIMIT, decimal_places=MONEY_DECIMALS),
]
"""An amount in the major unit, a string or a number; never NaN, infinite or beyond 10^12."""

Money = Annotated[SignedMoney, Field(ge=0)]
"""The same, not negative."""

Quantity = Annotated[int, Field(gt=0, le=1_000_000)]
"""Pieces, at least one."""

Id = Annotated[
    str,
    BeforeValidator(_number_to_text),
    StringConstraints(min_length=1, max_length=128, pattern=r"^[^\s\x00-\x1f\x7f]+$"),
]
"""A shop's identifier; numbers become text, blanks and control characters are refused."""


def _one_word(value: object) -> object:
    """What is no code or id is no reason to refuse an order."""
    return value if isinstance(value, str) and re.fullmatch(r"[\w.:@-]{1,128}", value) else None


SharedBy = Annotated[str | None, BeforeValidator(_one_word)]
"""Who shared the link that a buyer came by; anything else counts as nobody."""

SHARED_BY = "shared_by"


class Note(Payload):
    """A note that a shop keeps with an order, under a name (Shopify) or a key (WooCommerce)."""

    name: Any = None
    key: Any = None
    value: Any = None


def shared_by_in(notes: Iterable[Note]) -> str | None:
    """Return who shared the link, as the order's notes say."""
    told = (note.value for note in notes if SHARED_BY in {str(note.name), str(note.key)})
    found = _one_word(next(told, None))
    return found if isinstance(found, str) else None


Sku = Annotated[str, StringConstraints(max_length=255)]
Category = Annotated[str, StringConstraints(max_length=255)]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]

Instant = Annotated[
    datetime, BeforeValidator(_text_only), AfterValidator(_aware), AfterValidator(_in_utc)
]
"""An instant with its offset, brought to UTC."""

GmtInstant = Annotated[datetime, BeforeValidator(_text_only), AfterValidator(_in_utc)]
"""An instant whose field's name says that it is in UTC, so that it may carry no offset."""
