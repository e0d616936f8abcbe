"""A write is carried out and its answer is lost: the request comes again, and counts once.

The SDK repeats a request whose answer it cannot read, under the same token; when it gives up, the
client repeats it, under a new token. Each act is tried both ways, beside a twin to whom nothing
happens, and has to leave the very same books.
"""

import uuid
from collections.abc import Callable

import boto3
import pytest
from botocore.config import Config

from fault.acts import ACTS, capture, earn_into_a_new_lot, redeem
from fault.scene import Books, Deed, FrailMall, Scene, essence, persistently
from loyalty.adapters.dynamodb.faults import CUT_OFF
from loyalty.adapters.memory.surroundings import NOON
from support.books import assert_explained
from support.proxy import REPLY_CUT, REPLY_GARBLED, Proxy, Rule

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]

TRIES_OF_THE_SDK = 3
FAULTS = {
    "cut once": {**REPLY_CUT, "times": 1},
    "cut until the SDK gives up": {**REPLY_CUT, "times": TRIES_OF_THE_SDK},
}

Act = Callable[[Scene], Deed]


def named(act: Act) -> str:
    return act.__name__.replace("_", " ")


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
@pytest.mark.parametrize("prepare", ACTS, ids=named)
def test_an_act_whose_answer_is_lost_counts_once(
    mall: FrailMall, proxy: Proxy, prepare: Act, fault: Rule
) -> None:
    assert_counts_once(mall, proxy, prepare, fault)


@pytest.mark.parametrize("prepare", [earn_into_a_new_lot, redeem, capture], ids=named)
def test_an_act_whose_answer_is_no_text_counts_once(
    mall: FrailMall, proxy: Proxy, prepare: Act
) -> None:
    assert_counts_once(mall, proxy, prepare, {**REPLY_GARBLED, "times": 1})


def assert_counts_once(mall: FrailMall, proxy: Proxy, prepare: Act, fault: Rule) -> None:
    """Let an act meet a fault, and compare all of its books with those of one that met none."""
    twin, unlucky = (Scene(mall, f"{who}-{uuid.uuid4().hex}") for who in ("twin", "unlucky"))
    expected_answer = prepare(twin)()
    expected = Books.of(twin)
    mall.time.set(NOON)
    deed = prepare(unlucky)

    with proxy.breaking(fault) as faults:
        answer = persistently(deed)
        assert faults.count == fault["times"]

    assert Books.of(unlucky) == expected
    assert_explained(mall, unlucky.name)
    assert type(answer) is type(expected_answer)
    assert essence(deed()) == essence(answer)
    assert Books.of(unlucky) == expected


@pytest.fixture
def bare_table(emulator: str) -> str:
    """A table with a number in it, and nothing that fences it."""
    client, name = boto3.client("dynamodb", endpoint_url=emulator), f"bare-{uuid.uuid4().hex}"
    client.create_table(
        TableName=name,
        AttributeDefinitions=[{"AttributeName": "pk", "AttributeType": "S"}],
        KeySchema=[{"AttributeName": "pk", "KeyType": "HASH"}],
        BillingMode="PAY_PER_REQUEST",
    )
    client.close()
    return name


@pytest.mark.usefixtures("mall")
def test_these_tests_would_see_an_effect_that_counts_twice(proxy: Proxy, bare_table: str) -> None:
    client = boto3.client("dynamodb", endpoint_url=proxy.endpoint)
    key = {"pk": {"S": "lin"}}
    with proxy.breaking({**REPLY_CUT, "operation": "UpdateItem", "times": 1}) as faults:
        client.update_item(
            TableName=bare_table,
            Key=key,
            UpdateExpression="ADD points :ten",
            ExpressionAttributeValues={":ten": {"N": "10"}},
        )
        assert faults.count == 1
    assert client.get_item(TableName=bare_table, Key=key)["Item"]["points"] == {"N": "20"}
    client.close()


@pytest.mark.parametrize("fault", [REPLY_CUT, REPLY_GARBLED], ids=["cut", "garbled"])
def test_an_answer_is_lost_after_the_write_is_carried_out(
    proxy: Proxy, bare_table: str, fault: Rule
) -> None:
    once = Config(retries={"total_max_attempts": 1})
    client = boto3.client("dynamodb", endpoint_url=proxy.endpoint, config=once)
    row = {"pk": {"S": "lin"}}
    with proxy.breaking(fault), pytest.raises(CUT_OFF):
        client.transact_write_items(TransactItems=[{"Put": {"TableName": bare_table, "Item": row}}])
    assert client.get_item(TableName=bare_table, Key=row)["Item"] == row
    client.close()
