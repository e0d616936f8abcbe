from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import boto3
import pytest
from moto import mock_aws

from mall.errors import MallError
from mall.travel import Clock, parse_instant
from unit.mall.examples import a_stack

SLACK = timedelta(seconds=2)


@pytest.fixture
def programmes() -> Iterator[None]:
    with mock_aws():
        boto3.client("dynamodb").create_table(
            TableName="programmes",
            KeySchema=[
                {"AttributeName": "pk", "KeyType": "HASH"},
                {"AttributeName": "sk", "KeyType": "RANGE"},
            ],
            AttributeDefinitions=[
                {"AttributeName": "pk", "AttributeType": "S"},
                {"AttributeName": "sk", "AttributeType": "S"},
            ],
            BillingMode="PAY_PER_REQUEST",
        )
        yield


def _clock(stage: str = "local") -> Clock:
    return Clock(a_stack(stage), boto3.client("dynamodb"))


@pytest.mark.usefixtures("programmes")
def test_a_clock_that_was_never_set_shows_real_time() -> None:
    assert _clock().offset() == timedelta()


@pytest.mark.usefixtures("programmes")
def test_a_set_clock_has_reached_the_instant_and_goes_on_from_there() -> None:
    new_year = datetime(2027, 1, 1, tzinfo=UTC)
    clock = _clock()
    clock.set(new_year)
    assert new_year <= clock.now() < new_year + SLACK


@pytest.mark.usefixtures("programmes")
def test_a_reset_clock_shows_real_time_again() -> None:
    clock = _clock()
    clock.set(datetime(2030, 1, 1, tzinfo=UTC))
    clock.reset()
    assert clock.offset() == timedelta()


@pytest.mark.usefixtures("programmes")
@pytest.mark.parametrize("stage", ["prod", "staging", "dev"])
def test_where_members_are_real_the_clock_does_not_travel(stage: str) -> None:
    clock = _clock(stage)
    for act in (clock.reset, lambda: clock.set(datetime(2027, 1, 1, tzinfo=UTC))):
        with pytest.raises(MallError, match="does not travel"):
            act()
    assert clock.offset() == timedelta()


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2027-01-01", "2026-12-31T16:00:00Z"),
        ("2027-01-01T09:30", "2027-01-01T01:30:00Z"),
        ("2027-01-01T09:30:00Z", "2027-01-01T09:30:00Z"),
        ("2027-01-01T09:30:00+01:00", "2027-01-01T08:30:00Z"),
    ],
)
def test_a_day_begins_at_midnight_of_the_programme(text: str, instant: str) -> None:
    assert parse_instant(text, "Asia/Shanghai") == datetime.fromisoformat(instant)


@pytest.mark.parametrize("text", ["tomorrow", "2027-13-01", "01/01/2027"])
def test_what_is_no_instant_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(MallError) as failure:
        parse_instant(text, "Asia/Shanghai")
    assert "2027-01-01" in failure.value.remedy
