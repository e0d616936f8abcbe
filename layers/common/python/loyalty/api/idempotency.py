"""The ``Idempotency-Key``: the same key again means the same request, for ever."""

import hashlib
import json
from typing import Annotated

from aws_lambda_powertools.event_handler import Depends, Request
from aws_lambda_powertools.event_handler.openapi.params import Header

from loyalty.api.auth import claims_of
from loyalty.domain.caller import RequestKey
from loyalty.domain.errors import IdempotencyKeyMissing, Invalid

HEADER = "Idempotency-Key"
SHORTEST, LONGEST = 8, 64

KeyHeader = Annotated[
    str,
    Header(
        alias=HEADER,
        min_length=SHORTEST,
        max_length=LONGEST,
        description="A text of your choice, new for each new act; the same for its repetition.",
    ),
]


def idempotency_key(request: Request, header: KeyHeader = "") -> str:
    """Return the key of a request that has an effect.

    Raises:
        IdempotencyKeyMissing: there is none.
        Invalid: it is shorter or longer than it may be.
    """
    # The library documents a dependency's parameters, but does not fill them in.
    headers = {name.lower(): value for name, value in request.headers.items()}
    key = headers.get(HEADER.lower(), header).strip()
    if not key:
        raise IdempotencyKeyMissing
    if not SHORTEST <= len(key) <= LONGEST:
        raise Invalid.at(HEADER, f"{SHORTEST} to {LONGEST} characters are expected.")
    return key


IdempotencyKey = Annotated[str, Depends(idempotency_key)]


def request_key(request: Request, key: IdempotencyKey) -> RequestKey:
    """Return what the key stands for, within its scope: caller, method and path."""
    scope = [claims_of(request).get("sub"), request.method, request.resolved_event.path, key]
    body = json.dumps(request.json_body, sort_keys=True)
    return RequestKey(act_id=f"act_{_digest(json.dumps(scope))[:26]}", digest=_digest(body))


ScopedKey = Annotated[RequestKey, Depends(request_key)]
"""For acts of operators: the id under which the audit keeps the act, and what was asked."""


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
