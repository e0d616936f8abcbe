"""Who may travel in time, proved against a table (of moto) in which an offset stands."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import boto3
import pytest
from moto import mock_aws

from loyalty.adapters.dynamodb.clock import TravellingClock
from loyalty.bootstrap import AwsMall
from loyalty.settings import Settings

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

TABLE = "programmes"
A_YEAR = timedelta(days=365)


@pytest.fixture
def dynamodb() -> Iterator["DynamoDBClient"]:
    with mock_aws():
        client = boto3.client("dynamodb", region_name="us-east-1")
        client.create_table(
            TableName=TABLE,
            BillingMode="PAY_PER_REQUEST",
            KeySchema=[
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "sk", "KeyType": "RANGE"},
            ],
            AttributeDefinitions=[
                {"AttributeName": "pk", "AttributeType": "S"},
                {"AttributeName": "sk", "AttributeType": "S"},
            ],
        )
        yield client


def travel(dynamodb: "DynamoDBClient", by: timedelta) -> None:
    seconds = {"N": str(by.total_seconds())}
    item = {"pk": {"S": "clock"}, "sk": {"S": "offset"}, "seconds": seconds}
    dynamodb.put_item(TableName=TABLE, Item=item)


def years_off(mall: AwsMall) -> float:
    return (mall.clock.now() - datetime.now(UTC)) / A_YEAR


def mall(stage: str) -> AwsMall:
    return AwsMall(Settings.from_environment({"STAGE": stage, "PROGRAMMES_TABLE": TABLE}))


@pytest.mark.parametrize("stage", ["local", "test"])
def test_where_nobody_is_real_time_can_be_travelled_and_goes_on_from_there(
    dynamodb: "DynamoDBClient", stage: str
) -> None:
    warm = mall(stage)
    assert years_off(warm) == pytest.approx(0, abs=0.001)

    travel(dynamodb, A_YEAR)
    assert years_off(warm) == pytest.approx(1, abs=0.001)

    travel(dynamodb, -A_YEAR / 2)
    assert years_off(warm) == pytest.approx(-0.5, abs=0.001)


@pytest.mark.parametrize("stage", ["prod", "staging", "dev"])
def test_where_members_are_real_the_offset_is_not_even_read(
    dynamodb: "DynamoDBClient", stage: str
) -> None:
    travel(dynamodb, A_YEAR)

    real = mall(stage)

    assert years_off(real) == pytest.approx(0, abs=0.001)
    assert not isinstance(real.clock, TravellingClock)


def test_the_clock_speaks_utc(dynamodb: "DynamoDBClient") -> None:
    for clock in (mall("prod").clock, TravellingClock(dynamodb, TABLE)):
        assert clock.now().tzinfo is UTC
