"""Orders for points in DynamoDB.

A member's redemptions are found through the ledger: each one has put exactly one entry there that
took or held its points, and the ledger is indexed by member and time. An index of the orders' own
would cost every redemption, and every change of one, another write.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.items import Item, read_text, text
from loyalty.adapters.dynamodb.keys.accounts import redemption_key
from loyalty.adapters.dynamodb.keys.rows import Key
from loyalty.adapters.dynamodb.order_rows import redemption_of
from loyalty.adapters.dynamodb.reading import Query, Reader, first
from loyalty.adapters.dynamodb.statement import STATEMENT_KEYS, statement_query
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.adapters.openings import OPENING_KINDS, opened_redemption
from loyalty.adapters.queues import place_in_queue
from loyalty.domain.redemption import Redemption
from loyalty.ports import Page

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

QUEUE_KEYS = ("queue", "due_at")


class DynamoRedemptions:
    """Keeps `Redemptions`' promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._read = Reader(client)
        self._tables = tables

    def redemption(self, redemption_id: str) -> Redemption | None:
        """Return one redemption."""
        item = self._read.get(self._tables.orders, redemption_key(redemption_id))
        return redemption_of(item) if item else None

    def of_member(
        self, member_id: str, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Redemption]:
        """Return a member's redemptions, newest first."""
        openings = self._openings(member_id, None, position)
        shown, follows = first(openings, limit, STATEMENT_KEYS)
        ids = (opened_redemption(read_text(row, "pk")) for row in shown)
        keys = [redemption_key(redemption_id) for redemption_id in ids if redemption_id]
        return Page(self._some(keys), follows)

    def count_since(self, member_id: str, since: datetime, at_most: int) -> int:
        """Return how many redemptions a member made since an instant, counted to ``at_most``."""
        return sum(1 for _ in islice(self._openings(member_id, since, None), at_most))

    def in_queue(
        self, queue: str, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Redemption]:
        """Return what waits in a queue, due first."""
        waiting = Query(
            self._tables.orders,
            "queue = :queue",
            {":queue": text(queue)},
            index="queue",
            page_size=limit + 1,
            after=position,
        )
        shown, follows = first(self._read.query(waiting), limit, QUEUE_KEYS)
        redemptions = self._some([{"pk": row["pk"], "sk": row["sk"]} for row in shown])
        # The index is a moment old: what has left the queue meanwhile is left out.
        return Page([r for r in redemptions if _is_in(r, queue)], follows)

    def _openings(
        self, member_id: str, since: datetime | None, after: Mapping[str, str] | None
    ) -> Iterator[Item]:
        """Yield the entries that opened a member's redemptions, newest first."""
        query = statement_query(
            self._tables.ledger, member_id, kinds=OPENING_KINDS, since=since, after=after
        )
        rows = self._read.query(query)
        return (row for row in rows if opened_redemption(read_text(row, "pk")))

    def _some(self, keys: list[Key]) -> list[Redemption]:
        return [redemption_of(row) for row in self._read.some(self._tables.orders, keys)]


def _is_in(redemption: Redemption, queue: str) -> bool:
    place = place_in_queue(redemption)
    return place is not None and place.queue == queue
