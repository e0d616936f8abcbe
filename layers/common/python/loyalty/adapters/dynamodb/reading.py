"""Reading rows: one, some, or what a query finds, page by page as they are wanted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from tenacity import RetryError, Retrying, retry_if_exception_type, stop_after_delay
from tenacity.wait import wait_random_exponential

from loyalty.adapters.dynamodb.faults import asking_for_patience
from loyalty.adapters.dynamodb.items import Item, text
from loyalty.adapters.dynamodb.keys.rows import Key
from loyalty.domain.errors import Busy

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient
    from mypy_boto3_dynamodb.type_defs import (
        KeysAndAttributesTypeDef,
        QueryInputTypeDef,
        ScanInputTypeDef,
    )

MOST_KEYS = 100
PATIENCE_SECONDS = 3.0


class _Unprocessed(Exception):
    """The table was too busy to read all of the rows."""


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for. With an index the reading is eventually consistent, without it strongly."""

    table: str
    where: str
    values: Item
    index: str | None = None
    keep: str | None = None
    newest_first: bool = False
    page_size: int | None = None
    after: Mapping[str, str] | None = None
    only: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One segment of a whole table, and which of its rows are wanted; keys, or all of them."""

    table: str
    segment: int
    of: int
    keep: str
    page_size: int
    after: Mapping[str, str] | None = None
    keys_only: bool = True


class Reader:
    """Asks for rows; what the SDK's retries cannot get over ends as `Busy`."""

    def __init__(self, client: "DynamoDBClient") -> None:
        self._client = client

    def get(self, table: str, key: Key, *, consistent: bool = True) -> Item | None:
        """Return one row."""
        with asking_for_patience():
            reply = self._client.get_item(TableName=table, Key=key, ConsistentRead=consistent)
        return reply.get("Item")

    def some(self, table: str, keys: Sequence[Key]) -> list[Item]:
        """Return the rows of some keys that exist, in the order of the keys."""
        places = {(key["pk"]["S"], key["sk"]["S"]): place for place, key in enumerate(keys)}
        distinct = [{"pk": text(pk), "sk": text(sk)} for pk, sk in places]
        found: list[Item] = []
        for start in range(0, len(distinct), MOST_KEYS):
            found += self._batch(table, distinct[start : start + MOST_KEYS])
        return sorted(found, key=lambda row: places[row["pk"]["S"], row["sk"]["S"]])

    def query(self, query: Query) -> Iterator[Item]:
        """Yield what a query finds; the next page is asked for when the last one is used up."""
        request = _request(query)
        while True:
            with asking_for_patience():
                reply = self._client.query(**request)
            yield from reply["Items"]
            last = reply.get("LastEvaluatedKey")
            if not last:
                return
            request["ExclusiveStartKey"] = last

    def scan(self, part: Part, values: Item) -> tuple[list[Item], Mapping[str, str] | None]:
        """Return what one page of a segment holds, and where the next page begins."""
        request: ScanInputTypeDef = {
            "TableName": part.table,
            "Segment": part.segment,
            "TotalSegments": part.of,
            "FilterExpression": part.keep,
            "ExpressionAttributeValues": values,
            "Limit": part.page_size,
        }
        if part.keys_only:
            request["ProjectionExpression"] = "pk, sk"
        if part.after:
            request["ExclusiveStartKey"] = {name: text(at) for name, at in part.after.items()}
        with asking_for_patience():
            reply = self._client.scan(**request)
        last = reply.get("LastEvaluatedKey")
        found: list[Item] = list(reply["Items"])
        return found, {name: at["S"] for name, at in last.items()} if last else None

    def _batch(self, table: str, keys: Sequence[Key]) -> list[Item]:
        found: list[Item] = []
        asked: dict[str, KeysAndAttributesTypeDef]
        asked = {table: {"Keys": keys, "ConsistentRead": True}}

        def once() -> None:
            nonlocal asked
            with asking_for_patience():
                reply = self._client.batch_get_item(RequestItems=asked)
            found.extend(reply["Responses"].get(table, []))
            left = reply["UnprocessedKeys"].get(table)
            if left:
                asked = {table: {"Keys": left["Keys"], "ConsistentRead": True}}
                raise _Unprocessed

        tries = Retrying(
            retry=retry_if_exception_type(_Unprocessed),
            stop=stop_after_delay(PATIENCE_SECONDS),
            wait=wait_random_exponential(multiplier=0.02, max=0.5),
        )
        try:
            tries(once)
        except RetryError as error:
            raise Busy from error
        return found


def first(
    rows: Iterator[Item], limit: int, keys: Sequence[str]
) -> tuple[list[Item], Mapping[str, str] | None]:
    """Return the first rows, and the place of the last of them if more follow."""
    shown = list(islice(rows, limit))
    follows = next(rows, None) is not None
    if not shown or not follows:
        return shown, None
    return shown, {name: shown[-1][name]["S"] for name in ("pk", "sk", *keys)}


def _request(query: Query) -> "QueryInputTypeDef":
    request: QueryInputTypeDef = {
        "TableName": query.table,
        "KeyConditionExpression": query.where,
        "ExpressionAttributeValues": query.values,
        "ScanIndexForward": not query.newest_first,
    }
    if query.index:
        request["IndexName"] = query.index
    else:
        request["ConsistentRead"] = True
    if query.keep:
        request["FilterExpression"] = query.keep
    if query.only:
        names = {f"#{place}": name for place, name in enumerate(query.only)}
        request["ExpressionAttributeNames"] = names
        request["ProjectionExpression"] = ", ".join(names)
    if query.page_size:
        request["Limit"] = query.page_size
    if query.after:
        request["ExclusiveStartKey"] = {name: text(at) for name, at in query.after.items()}
    return request
