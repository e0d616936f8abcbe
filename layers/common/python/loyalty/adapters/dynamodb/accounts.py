"""Accounts in DynamoDB."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.account_rows import account_of, pending_of, stored_of
from loyalty.adapters.dynamodb.items import Item, day, read_text, text
from loyalty.adapters.dynamodb.keys.accounts import account_key, pending_key
from loyalty.adapters.dynamodb.keys.shards import every_shard
from loyalty.adapters.dynamodb.reading import MOST_KEYS, Part, Query, Reader
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.account import Account
from loyalty.domain.pending import PendingPoints
from loyalty.domain.rebuild import StoredAccount
from loyalty.ports import Page, Stretch

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoAccounts:
    """Keeps `Accounts`' promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._read = Reader(client)
        self._table = tables.accounts

    def account(self, member_id: str) -> Account:
        """Return an account; one that nothing was ever written to is empty, at version 0.

        A moment old it may be: whoever writes on it is told by its version.
        """
        item = self._read.get(self._table, account_key(member_id), consistent=False)
        return account_of(item) if item else Account(member_id)

    def pending(self, member_id: str, source: str, order_id: str) -> PendingPoints | None:
        """Return what of an order waits for the end of its return window."""
        item = self._read.get(self._table, pending_key(member_id, source, order_id))
        return pending_of(item) if item else None

    def due_to_lapse(self, before: date) -> Iterator[str]:
        """Yield members with a lot whose last valid day lies before a day."""
        for shard in every_shard():
            due = Query(
                self._table,
                "expiry_shard = :shard AND next_expiry < :before",
                {":shard": text(shard), ":before": day(before)},
                index="expiry",
            )
            for row in self._read.query(due):
                yield read_text(row, "pk").removeprefix("member#")

    def due_to_mature(self, until: date) -> Iterator[PendingPoints]:
        """Yield pending rows usable on or before a day."""
        for shard in every_shard():
            due = Query(
                self._table,
                "maturing_shard = :shard AND usable_on <= :until",
                {":shard": text(shard), ":until": day(until)},
                index="maturing",
            )
            yield from self._whole(self._read.query(due))

    def stored(self, member_id: str) -> StoredAccount:
        """Return an account's rows as they stand now, however wrong."""
        member = account_key(member_id)["pk"]
        rows = self._read.query(Query(self._table, "pk = :member", {":member": member}))
        return stored_of(member_id, rows)

    def members(self, stretch: Stretch, limit: int) -> Page[str]:
        """Return members with an account, about ``limit`` at a time; a page may be empty."""
        part = Part(self._table, stretch.segment, stretch.of, "sk = :account", limit, stretch.after)
        rows, follows = self._read.scan(part, {":account": text("account")})
        return Page([read_text(row, "pk").removeprefix("member#") for row in rows], follows)

    def every(self, stretch: Stretch, limit: int) -> Page[Account]:
        """Return accounts, at most ``limit`` at a time; a page may be empty before the end."""
        part = Part(
            self._table,
            stretch.segment,
            stretch.of,
            "sk = :account",
            limit,
            stretch.after,
            keys_only=False,
        )
        rows, follows = self._read.scan(part, {":account": text("account")})
        return Page(list(map(account_of, rows)), follows)

    def _whole(self, found: Iterator[Item]) -> Iterator[PendingPoints]:
        """The index holds keys only, so the rows that still exist are read after it."""
        while part := list(islice(found, MOST_KEYS)):
            keys = [{"pk": row["pk"], "sk": row["sk"]} for row in part]
            yield from map(pending_of, self._read.some(self._table, keys))
