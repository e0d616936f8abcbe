"""What single fields of the rules may say."""

import re
from decimal import Decimal
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, WithJsonSchema

from loyalty.api.schema import Schema


def _known_zone(name: str) -> str:
    if name not in available_timezones():
        raise ValueError(f"{name!r} is no time zone of the IANA list, such as Asia/Shanghai.")
    return name


def _currency_code(name: str) -> str:
    if not re.fullmatch(r"[A-Z]{3}", name):
        raise ValueError(f"{name!r} is no currency code of three capital letters, such as CNY.")
    return name


TimeZone = Annotated[str, AfterValidator(_known_zone)]
Currency = Annotated[
    str,
    AfterValidator(_currency_code),
    WithJsonSchema({"type": "string", "pattern": "^[A-Z]{3}$"}),
]
Label = Annotated[str, Field(min_length=1, max_length=100)]
Days = Annotated[int, Field(strict=True, ge=0, le=365)]
Points = Annotated[int, Field(strict=True, ge=0, le=1_000_000_000)]
Money = Annotated[
    Decimal,
    Field(gt=0, max_digits=12, decimal_places=4),
    WithJsonSchema({"type": "string", "pattern": r"^\d{1,8}(\.\d{1,4})?$"}),
]


class Words(Schema):
    """A text for people, in both languages."""

    zh: Annotated[str, Field(min_length=1, max_length=200)]
    en: Annotated[str, Field(min_length=1, max_length=200)]
