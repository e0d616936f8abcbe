from typing import Any

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import ClientError, EndpointConnectionError

from loyalty.adapters.dynamodb import reading
from loyalty.adapters.dynamodb.keys.members import member_key
from loyalty.adapters.dynamodb.keys.rows import key_of
from loyalty.adapters.dynamodb.reading import Query, Reader, first
from loyalty.domain.errors import Busy
from support.wire import Answer, Wire

KEYS = [member_key(str(n)) for n in range(150)]


def reader(answer: Answer) -> tuple[Reader, Wire]:
    client = boto3.client(
        "dynamodb",
        region_name="eu-central-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )
    wire = Wire(answer)
    wire.attach(client)
    return Reader(client), wire


def refuse(code: str) -> Answer:
    return lambda _: (400, {"__type": code, "message": code})


def cut_off(_: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    raise EndpointConnectionError(endpoint_url="http://dynamodb")


@pytest.mark.parametrize("answer", [refuse("ThrottlingException"), cut_off])
def test_a_store_that_cannot_answer_asks_for_patience(answer: Answer) -> None:
    rows, _ = reader(answer)
    with pytest.raises(Busy):
        rows.get("members", KEYS[0])
    with pytest.raises(Busy):
        list(rows.query(Query("members", "pk = :pk", {":pk": {"S": "x"}})))
    with pytest.raises(Busy):
        rows.some("members", KEYS)


def test_a_table_that_is_not_there_is_a_mistake_of_ours() -> None:
    rows, _ = reader(refuse("ResourceNotFoundException"))
    with pytest.raises(ClientError):
        rows.get("members", KEYS[0])


def _half(body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """Answer half of the keys, backwards, and leave the others for another time."""
    keys = body["RequestItems"]["members"]["Keys"]
    assert len(keys) <= 100
    now, later = keys[: len(keys) // 2 + 1], keys[len(keys) // 2 + 1 :]
    left = {"members": {"Keys": later, "ConsistentRead": True}} if later else {}
    return 200, {"Responses": {"members": now[::-1]}, "UnprocessedKeys": left}


def test_rows_that_were_left_for_later_are_asked_for_again_and_come_in_order() -> None:
    rows, wire = reader(_half)
    assert rows.some("members", KEYS) == KEYS
    assert len(wire.requests) > 2
    asked = [request["RequestItems"]["members"] for request in wire.requests]
    assert all(request["ConsistentRead"] for request in asked)


def test_rows_asked_for_twice_come_once() -> None:
    rows, _ = reader(_half)
    assert rows.some("members", [KEYS[0], KEYS[1], KEYS[0]]) == [KEYS[1], KEYS[0]]


def test_a_table_that_leaves_all_for_later_asks_for_patience(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reading, "PATIENCE_SECONDS", 0.1)
    rows, _ = reader(lambda body: (200, {"Responses": {}, "UnprocessedKeys": body["RequestItems"]}))
    with pytest.raises(Busy):
        rows.some("members", KEYS[:3])


def test_the_next_page_is_asked_for_only_when_it_is_wanted() -> None:
    pages = iter([("a", "b"), ("c",), ()])

    def answer(_: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        page = [key_of("pk", sk) for sk in next(pages)]
        return 200, {"Items": page, **({"LastEvaluatedKey": page[-1]} if page else {})}

    rows, wire = reader(answer)
    found = rows.query(Query("members", "pk = :pk", {":pk": {"S": "pk"}}))
    assert [next(found)["sk"]["S"] for _ in range(2)] == ["a", "b"]
    assert len(wire.requests) == 1
    assert [row["sk"]["S"] for row in found] == ["c"]
    starts = [request.get("ExclusiveStartKey") for request in wire.requests]
    assert starts == [None, key_of("pk", "b"), key_of("pk", "c")]


def test_the_last_part_of_a_list_says_that_nothing_follows() -> None:
    rows = [key_of("pk", sk) for sk in "abc"]
    assert first(iter(rows), 2, ()) == (rows[:2], {"pk": "pk", "sk": "b"})
    assert first(iter(rows), 3, ()) == (rows, None)
    assert first(iter([]), 3, ()) == ([], None)
