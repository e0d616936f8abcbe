"""The ``Idempotency-Key``: the same key again means the same request, for ever."""

from typing import Annotated

from aws_lambda_powertools.event_handler import Depends, Request
from aws_lambda_powertools.event_handler.openapi.params import Header

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
