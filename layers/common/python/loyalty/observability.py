"""Logs and metrics: made on first use, one structured line a call, nothing personal in them."""

import json
import re
import sys
from collections.abc import Mapping
from functools import cache
from typing import IO, Any

from aws_lambda_powertools import Logger, Metrics

HIDDEN = "***"

_PERSONAL = re.compile(
    r"""
    [\w.+-]+@[\w-]+(?:\.[\w-]+)+              # an e-mail address
    | \+\d[\d\s-]{6,17}\d                     # a telephone number with its country
    | (?<![\w.-])1[3-9]\d{9}(?![\w.-])        # a Chinese mobile number without one
    | eyJ[\w-]+\.[\w-]+(?:\.[\w-]*)?          # a token
    | whsec_[\w+/=-]+                         # a webhook secret
    """,
    re.VERBOSE,
)
_SECRET_KEYS = frozenset(
    {"address", "authorization", "body", "city", "ciphertext", "code", "codes", "contact"}
    | {"delivery", "display_name", "email", "line1", "line2", "password", "phone", "recipient"}
    | {"secret", "task_token", "taskToken", "token"}
)


def scrubbed(value: Any) -> Any:
    """Return a value without what belongs to a person, or opens a door.

    >>> scrubbed({"note": "write to lin@example.com", "phone": "13800138000", "points": 5})
    {'note': 'write to ***', 'phone': '***', 'points': 5}
    """
    if isinstance(value, str):
        return _PERSONAL.sub(HIDDEN, value)
    if isinstance(value, Mapping):
        return {
            key: HIDDEN if key in _SECRET_KEYS and inner else scrubbed(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple | set | frozenset):
        return [scrubbed(inner) for inner in value]
    return value


def _line(record: dict[str, Any]) -> str:
    return json.dumps(scrubbed(record), default=lambda value: scrubbed(str(value)))


@cache
def logger() -> Logger:
    """Return the function's logger; its name and level come from ``POWERTOOLS_*``."""
    return make_logger(sys.stdout)


def make_logger(stream: IO[str], service: str | None = None) -> Logger:
    """Return a logger whose every line is scrubbed before it leaves."""
    return Logger(
        service,
        stream=stream,
        json_serializer=_line,
        serialize_stacktrace=False,
        utc=True,
        use_rfc3339=True,
    )


@cache
def metrics() -> Metrics:
    """Return the function's metrics, written into the log as CloudWatch reads them."""
    return Metrics()
