import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from pydantic import ValidationError

from loyalty.adapters.dynamodb import programmes
from loyalty.adapters.dynamodb.programmes import DynamoProgrammes, NoProgramme
from loyalty.adapters.dynamodb.transaction import ConditionsFailed
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from support.stored import StoredInDynamo, stored_in_moto

FIRST, SECOND = ONE_YUAN_A_POINT, replace(ONE_YUAN_A_POINT, version=2, grace_days=7)


@pytest.fixture
def stored() -> Iterator[StoredInDynamo]:
    with stored_in_moto() as stored:
        yield stored


def another_function(stored: StoredInDynamo) -> DynamoProgrammes:
    return DynamoProgrammes(stored.client, stored.tables)


def test_a_mall_without_rules_says_so(stored: StoredInDynamo) -> None:
    with pytest.raises(NoProgramme, match="publish one first"):
        stored.programmes.live()


def test_rules_are_remembered_for_some_seconds(
    stored: StoredInDynamo, monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 1000.0
    monkeypatch.setattr(programmes, "monotonic", lambda: now)
    stored.programmes.publish(FIRST)
    assert stored.programmes.live() == FIRST
    another_function(stored).publish(SECOND)
    now += 4.9
    assert stored.programmes.live() == FIRST
    now += 0.2
    assert stored.programmes.live() == SECOND


def test_a_version_is_published_once_and_never_goes_back(stored: StoredInDynamo) -> None:
    stored.programmes.publish(SECOND)
    for stale in (SECOND, FIRST):
        with pytest.raises(ConditionsFailed):
            stored.programmes.publish(stale)
    assert stored.programmes.live() == SECOND


@pytest.mark.parametrize("place", [[], ["rates", "CNY"], ["review"]])
def test_a_rule_that_nobody_knows_is_refused_rather_than_ignored(
    stored: StoredInDynamo, place: list[str]
) -> None:
    stored.programmes.publish(FIRST)
    key = {"pk": {"S": "programme"}, "sk": {"S": "live"}}
    row = stored.client.get_item(TableName=stored.tables.programmes, Key=key)["Item"]
    document = json.loads(row["document"]["S"])
    part = document["programme"]
    for name in place:
        part = part[name]
    part["double_points_on_sundays"] = True
    changed = {**row, "document": {"S": json.dumps(document)}}
    stored.client.put_item(TableName=stored.tables.programmes, Item=changed)
    with pytest.raises(ValidationError, match="double_points_on_sundays"):
        another_function(stored).live()
