"""What can go wrong between us and DynamoDB, sorted by what is known of the request's outcome."""

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import (
    ClientError,
    HTTPClientError,
    IncompleteReadError,
)
from botocore.exceptions import (
    ConnectionError as NoConnection,
)
from botocore.parsers import ResponseParserError

from loyalty.domain.errors import Busy

THROTTLES = frozenset(
    {
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "ThrottlingException",
        "LimitExceededException",
    }
)
"""Refused for now: the request was certainly not carried out."""

CONTENTION = frozenset({"TransactionConflictException", "TransactionInProgressException"})
"""Another request, perhaps an earlier try of this one, has not ended yet."""

OUR_FAULT = 500
"""From this status on the service failed, and nobody knows how far it came."""

CUT_OFF = (HTTPClientError, NoConnection, IncompleteReadError, ResponseParserError, ValueError)
"""No answer, or one that cannot be read: the request may have been carried out."""


def code_of(error: ClientError) -> str:
    """Return the service's name for an error."""
    return error.response.get("Error", {}).get("Code", "")


def is_contended(error: ClientError) -> bool:
    """Whether asking again in a moment may well succeed."""
    return code_of(error) in THROTTLES | CONTENTION


def is_unknown(error: ClientError) -> bool:
    """Whether the service failed in a way that leaves the outcome open."""
    status = error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", 0)
    return status >= OUR_FAULT


@contextmanager
def asking_for_patience() -> Iterator[None]:
    """Turn what the SDK's own retries could not get over into `Busy`.

    Anything else (no permission, no such table, a malformed request) is a fault of ours or of the
    deployment, and goes up as it is.

    Raises:
        Busy: the store throttles, failed, or did not answer.
    """
    try:
        yield
    except ClientError as error:
        if is_contended(error) or is_unknown(error):
            raise Busy from error
        raise
    except CUT_OFF as error:
        raise Busy from error
