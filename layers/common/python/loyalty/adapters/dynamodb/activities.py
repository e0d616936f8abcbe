"""What members do besides buying, in DynamoDB: small rows, each guarded by its version."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeVar

from loyalty.adapters.dynamodb.activity_rows import reader_of
from loyalty.adapters.dynamodb.items import read_text
from loyalty.adapters.dynamodb.keys.activities import (
    bond_key,
    check_ins_key,
    friend_key,
    referral_code_key,
    referrer_key,
    request_key,
    task_key,
)
from loyalty.adapters.dynamodb.keys.rows import Key
from loyalty.adapters.dynamodb.reading import Query, Reader, first
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.check_in import CheckInCard
from loyalty.domain.referral import Bond, ReferralCode, Referrer
from loyalty.domain.request import Request
from loyalty.domain.task import TaskProgress

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

T = TypeVar("T")


class DynamoActivities:
    """Keeps `Activities`' promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._read = Reader(client)
        self._table = tables.activities

    def check_ins(self, member_id: str) -> CheckInCard:
        """Return a member's card; one that nothing was ever marked on is at version 0."""
        return self._one(CheckInCard, check_ins_key(member_id)) or CheckInCard(member_id)

    def task(self, member_id: str, task_id: str) -> TaskProgress:
        """Return how often a member has done a task; never: version 0."""
        found = self._one(TaskProgress, task_key(member_id, task_id))
        return found or TaskProgress(member_id, task_id)

    def tasks(self, member_id: str) -> Sequence[TaskProgress]:
        """Return the tasks that a member has done at least once."""
        query = self._under(task_key(member_id, ""))
        return list(map(reader_of(TaskProgress), self._read.query(query)))

    def request(self, request_id: str) -> Request | None:
        """Return what was asked for under a key."""
        return self._one(Request, request_key(request_id))

    def referral_code(self, code: str) -> ReferralCode | None:
        """Return whose code this is."""
        return self._one(ReferralCode, referral_code_key(code))

    def referrer(self, member_id: str) -> Referrer:
        """Return a member's own code and what it has earned; none yet: version 0."""
        return self._one(Referrer, referrer_key(member_id)) or Referrer(member_id)

    def bond(self, friend_id: str) -> Bond | None:
        """Return who brought a member."""
        return self._one(Bond, bond_key(friend_id))

    def friends(self, referrer_id: str, limit: int) -> Sequence[Bond]:
        """Return whom a member has brought, the newest first."""
        query = self._under(friend_key(referrer_id, "", ""), newest=limit + 1)
        lines, _ = first(self._read.query(query), limit, ())
        keys = [bond_key(read_text(line, "friend_id")) for line in lines]
        return list(map(reader_of(Bond), self._read.some(self._table, keys)))

    def _one(self, kind: type[T], key: Key) -> T | None:
        item = self._read.get(self._table, key)
        return reader_of(kind)(item) if item else None

    def _under(self, key: Key, newest: int | None = None) -> Query:
        """Return the query of what a key begins; the newest first where only so many matter."""
        return Query(
            self._table,
            "pk = :member AND begins_with(sk, :prefix)",
            {":member": key["pk"], ":prefix": {"S": key["sk"]["S"].rstrip("#") + "#"}},
            newest_first=newest is not None,
            page_size=newest,
        )
