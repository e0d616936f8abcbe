"""Errors as RFC 9457 problems. docs/errors.md lists every type that can come."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from aws_lambda_powertools.event_handler import Response
from pydantic_core import to_jsonable_python

from loyalty.api.language import preferred_language
from loyalty.api.titles import TITLES_ZH
from loyalty.domain.errors import (
    Busy,
    Conflict,
    Forbidden,
    IdempotencyKeyMissing,
    IdempotencyKeyReused,
    Invalid,
    InvalidSignature,
    LoyaltyError,
    MalformedBody,
    NotFound,
    StaleTimestamp,
    TooLarge,
)

TYPE_PREFIX = "https://points-mall.dev/problems/"
"""A problem's type is this and its slug."""

CONTENT_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 1

STATUSES: dict[type[LoyaltyError], int] = {
    IdempotencyKeyMissing: 400,
    MalformedBody: 400,
    InvalidSignature: 401,
    StaleTimestamp: 401,
    Forbidden: 403,
    NotFound: 404,
    Conflict: 409,
    TooLarge: 413,
    Invalid: 422,
    IdempotencyKeyReused: 422,
    Busy: 503,
}
"""The status of an error is that of the nearest class above it that stands here."""


class MethodNotAllowed(LoyaltyError):
    """The path is there, but not for this method. Facts: ``allowed_methods``."""

    slug, title = "method-not-allowed", "The path does not know this method"


class InternalError(LoyaltyError):
    """A fault of ours; the log knows more under the request id."""

    slug, title = "internal-error", "A fault of ours"


STATUSES |= {MethodNotAllowed: 405, InternalError: 500}


@dataclass(frozen=True, slots=True)
class Circumstance:
    """The request that a problem answers."""

    request_id: str
    languages: str = ""

    @property
    def language(self) -> str:
        """``zh`` or ``en``, whichever the caller would rather read; English if neither."""
        return preferred_language(self.languages, "en")


def status_of(error: type[LoyaltyError]) -> int:
    """Return the status of an error, looked for along its bases."""
    return next(STATUSES[base] for base in error.__mro__ if base in STATUSES)


def problem(error: LoyaltyError, request: Circumstance) -> Response[str]:
    """Return the problem that tells an error.

    A fact that is named like a member of every problem (the status of a redemption, not of HTTP)
    stands beside it as ``current_…``.
    """
    status = status_of(type(error))
    language = request.language
    title = TITLES_ZH[error.slug] if language == "zh" else error.title
    body: dict[str, Any] = {
        "type": TYPE_PREFIX + error.slug,
        "title": title,
        "status": status,
        "detail": str(error) if str(error) != error.title else title,
        "request_id": request.request_id,
    }
    for name, fact in error.facts.items():
        body[f"current_{name}" if name in body else name] = fact
    return Response(
        status_code=status,
        content_type=CONTENT_TYPE,
        body=json.dumps(to_jsonable_python(body, fallback=_plain), ensure_ascii=False),
        headers={"Content-Language": language, "Cache-Control": "no-store", **_hints(error)},
    )


def _hints(error: LoyaltyError) -> dict[str, str]:
    if isinstance(error, Busy):
        return {"Retry-After": str(RETRY_AFTER_SECONDS)}
    if isinstance(error, MethodNotAllowed):
        return {"Allow": ", ".join(error.facts["allowed_methods"])}
    return {}


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)
