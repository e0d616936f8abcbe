"""One TransactWriteItems, asked for again while others stand in the way.

The SDK repeats a request whose answer was lost under the same token, so DynamoDB carries it out
once. It does not repeat a transaction that met another one: that is done here, for some seconds.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from botocore.exceptions import ClientError
from tenacity import RetryError, Retrying, retry_if_exception_type, stop_after_delay
from tenacity.wait import wait_random_exponential

from loyalty.adapters.dynamodb.faults import asking_for_patience, code_of, is_contended
from loyalty.adapters.dynamodb.items import Item
from loyalty.domain.errors import Busy

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import TransactWriteItemTypeDef

PATIENCE_SECONDS = 3.0
MOST_ACTIONS = 100

CONDITION_FAILED = "ConditionalCheckFailed"
PASSING = frozenset({"TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"})
"""Reasons that go by: they say nothing of what stands in the rows."""


class ConditionsFailed(Exception):
    """Some conditions do not hold; ``found``: by the action's place, the item that stands there."""

    def __init__(self, found: Mapping[int, Item | None]) -> None:
        super().__init__(f"{len(found)} conditions do not hold")
        self.found = found


class _Contended(Exception):
    """Nothing was written, and asking again in a moment may succeed."""


def transact(
    client: "DynamoDBClient",
    requests: Sequence["TransactWriteItemTypeDef"],
    patience_seconds: float = PATIENCE_SECONDS,
) -> None:
    """Carry out all of the actions, or none.

    Raises:
        ConditionsFailed: nothing was written.
        Busy: it was asked for in vain for too long, or the outcome is unknown.
    """
    assert 0 < len(requests) <= MOST_ACTIONS, f"{len(requests)} actions do not fit into one write"
    tries = Retrying(
        retry=retry_if_exception_type(_Contended),
        stop=stop_after_delay(patience_seconds),
        wait=wait_random_exponential(multiplier=0.02, max=0.5),
    )
    try:
        tries(_once, client, requests)
    except RetryError as error:
        raise Busy from error


def _once(client: "DynamoDBClient", requests: Sequence["TransactWriteItemTypeDef"]) -> None:
    with asking_for_patience():
        try:
            client.transact_write_items(TransactItems=requests)
        except ClientError as error:
            if code_of(error) == "TransactionCanceledException":
                raise _why(error) from error
            if is_contended(error):
                raise _Contended from error
            raise


def _why(error: ClientError) -> Exception:
    """Return what a cancelled transaction means.

    Beside a passing reason a failed condition is not final: the rows may belong to an earlier try
    of this very request, half of whose rows are already seen. So the whole is asked for again.
    """
    # botocore's types know only what all services' errors have in common.
    response = cast(Mapping[str, Any], error.response)
    reasons: Sequence[Mapping[str, Any]] = response.get("CancellationReasons", [])
    codes = [reason.get("Code") for reason in reasons]
    if PASSING.intersection(codes):
        return _Contended()
    failed = {
        place: reason.get("Item")
        for place, reason in enumerate(reasons)
        if reason.get("Code") == CONDITION_FAILED
    }
    return ConditionsFailed(failed) if failed else error
