"""Lists in parts: ``limit``, and a cursor that callers can neither read nor make up."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from aws_lambda_powertools.event_handler import Depends, Request
from aws_lambda_powertools.event_handler.openapi.params import Query

from loyalty.api.auth import claims_of
from loyalty.bootstrap import mall
from loyalty.domain.errors import Invalid
from loyalty.ports import Page

DEFAULT, MOST = 20, 100
SIGNATURE_BYTES = 16

Limit = Annotated[int, Query(ge=1, le=MOST, description="How many at most.")]
Cursor = Annotated[str, Query(description="`next_cursor` of the part before; it is opaque.")]


@dataclass(frozen=True, slots=True)
class Part:
    """Which part of a list is asked for; ``scope`` names the list and who reads it."""

    limit: int
    position: Mapping[str, str] | None
    scope: str

    def cursor_after(self, page: Page[Any]) -> str | None:
        """Return the cursor of the part that follows a page, or None at the end."""
        return cursor_at(page.next_position, self.scope)


def part(request: Request, limit: Limit = DEFAULT, cursor: Cursor = "") -> Part:
    """Return the part of a list that a request asks for.

    Raises:
        Invalid: no such limit, or a cursor that is not one of this list.
    """
    # The library documents a dependency's parameters, but does not fill them in.
    query = request.query_parameters or {}
    scope = f"{claims_of(request).get('sub', '')} {request.resolved_event.path}"
    return Part(
        limit=_limit(query.get("limit", str(limit))),
        position=decode_cursor(query.get("cursor", cursor), scope),
        scope=scope,
    )


Paging = Annotated[Part, Depends(part)]


def cursor_at(position: Mapping[str, str] | None, scope: str) -> str | None:
    """Return the cursor of what follows a position, or None at the end."""
    return None if position is None else encode_cursor(position, scope)


def encode_cursor(position: Mapping[str, str], scope: str) -> str:
    """Return a position in a list as an opaque, signed text."""
    text = json.dumps(dict(position), separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_signature(text, scope) + text).decode().rstrip("=")


def decode_cursor(cursor: str, scope: str) -> Mapping[str, str] | None:
    """Return the position that a cursor stands for; None for the list's beginning.

    Raises:
        Invalid: this list did not give out this cursor.
    """
    if not cursor:
        return None
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        signed = base64.b64decode(padded, altchars=b"-_", validate=True)
    except ValueError as error:
        raise _bad_cursor() from error
    signature, text = signed[:SIGNATURE_BYTES], signed[SIGNATURE_BYTES:]
    if not hmac.compare_digest(signature, _signature(text, scope)):
        raise _bad_cursor()
    position: Mapping[str, str] = json.loads(text)
    return position


def _signature(text: bytes, scope: str) -> bytes:
    key = mall().secrets.cursor_key()
    return hmac.digest(key, scope.encode() + b"\n" + text, hashlib.sha256)[:SIGNATURE_BYTES]


def _limit(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= len(str(MOST)) and 1 <= int(text) <= MOST:
        return int(text)
    raise Invalid.at("limit", f"An integer from 1 to {MOST} is expected.")


def _bad_cursor() -> Invalid:
    return Invalid.at("cursor", "This list did not give out this cursor.")
