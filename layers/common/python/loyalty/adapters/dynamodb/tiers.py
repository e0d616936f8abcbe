"""Counts for tiers in DynamoDB: a row a member, one for each purchase that counts, and steps."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.actions import IS_NEW, Action, Read, put
from loyalty.adapters.dynamodb.items import Attributes, Codec, Item, day, number, read_text, text
from loyalty.adapters.dynamodb.keys.members import counted_key, tier_count_key, tier_step_key
from loyalty.adapters.dynamodb.keys.shards import every_shard, shard_of
from loyalty.adapters.dynamodb.reading import Query, Reader
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.tier_count import Counted, TierCount
from loyalty.domain.tier_step import TierStep
from loyalty.domain.writes import AddTierStep, SaveCounted, SaveTierCount

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TierWrite = SaveCounted | SaveTierCount | AddTierStep

_COUNTS = Codec(TierCount, omitted=("member_id",))
_COUNTED = Codec(Counted, omitted=("fact",))
_STEPS = Codec(TierStep)


class DynamoTiers:
    """Keeps `Tiers`' promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._read = Reader(client)
        self._table = tables.members

    def count(self, member_id: str) -> TierCount:
        """Return a member's counts."""
        item = self._read.get(self._table, tier_count_key(member_id))
        return _count_of(item) if item else TierCount(member_id)

    def counted(self, fact: str) -> Counted:
        """Return what a purchase or a task counts."""
        item = self._read.get(self._table, counted_key(fact))
        return _counted_of(item) if item else Counted(fact)

    def steps(self, member_id: str) -> Sequence[TierStep]:
        """Return a member's steps between tiers, and warnings, oldest first."""
        key = tier_step_key(member_id, "")
        steps = Query(
            self._table,
            "pk = :member AND begins_with(sk, :step)",
            {":member": key["pk"], ":step": key["sk"]},
        )
        return sorted(map(step_of, self._read.query(steps)), key=lambda step: step.at)

    def due(self, until: date) -> Iterator[str]:
        """Yield members whose tier is to be looked at on or before a day."""
        for shard in every_shard():
            due = Query(
                self._table,
                "assess_shard = :shard AND assess_on <= :until",
                {":shard": text(shard), ":until": day(until)},
                index="assessing",
            )
            for row in self._read.query(due):
                yield read_text(row, "pk").removeprefix("member#")


def tier_actions(tables: Tables, write: TierWrite) -> Iterator[Action]:
    """Yield a write's actions."""
    table = tables.members
    match write:
        case SaveCounted(counted):
            item = {**counted_key(counted.fact), **_COUNTED.attributes(counted)}
            yield _put_next(table, item, _counted_of, counted.version)
        case SaveTierCount(count):
            yield _put_next(table, _count_item(count), _count_of, count.version)
        case AddTierStep(step):
            key = tier_step_key(step.member_id, step.fact)
            yield put(table, {**key, **_STEPS.attributes(step)}, step_of, IS_NEW)


def step_of(item: Item) -> TierStep:
    """Return the step that a row holds."""
    return _STEPS.value(item)


def is_step(item: Item) -> bool:
    """Whether a row is a step between tiers."""
    return read_text(item, "sk").startswith("tier-step#")


def _put_next(table: str, item: Attributes, read: Read, version: int) -> Action:
    item["version"] = number(version)
    if version == 1:
        return put(table, item, read, IS_NEW)
    return put(table, item, read, "version = :seen", {":seen": number(version - 1)})


def _count_item(count: TierCount) -> Attributes:
    """Only who has something to be looked at stands in the sparse index."""
    item = {**tier_count_key(count.member_id), **_COUNTS.attributes(count)}
    if count.assess_on:
        item["assess_shard"] = text(shard_of(count.member_id))
    return item


def _count_of(item: Item) -> TierCount:
    return _COUNTS.value(item, member_id=read_text(item, "pk").removeprefix("member#"))


def _counted_of(item: Item) -> Counted:
    return _COUNTED.value(item, fact=read_text(item, "pk").removeprefix("counted#"))
