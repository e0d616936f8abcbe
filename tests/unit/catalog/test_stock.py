import pytest

from loyalty.adapters.memory import MemoryMall
from support.catalogue import Operations
from support.http import Answer


def test_pieces_are_added_and_taken_off(operations: Operations) -> None:
    item_id = operations.create(stock=40)["item_id"]
    assert _move(operations, item_id, 5).body["stock"] == 45
    assert _move(operations, item_id, -45).body["stock"] == 0


def test_no_more_is_taken_off_than_there_is(operations: Operations) -> None:
    item_id = operations.create(stock=4)["item_id"]
    answer = _move(operations, item_id, -5)
    assert (answer.status, answer.problem, answer.body["available"]) == (409, "out-of-stock", 4)
    assert operations.get(f"/{item_id}").body["stock"] == 4


def test_a_repeated_key_adds_once(operations: Operations) -> None:
    item_id = operations.create(stock=40)["item_id"]
    for _ in range(3):
        answer = _move(operations, item_id, 5, key="first-key")
        assert (answer.status, answer.body["stock"]) == (200, 45)


def test_a_repeated_key_takes_off_once_though_no_more_are_there(operations: Operations) -> None:
    item_id = operations.create(stock=5)["item_id"]
    for _ in range(2):
        answer = _move(operations, item_id, -5, key="first-key")
        assert (answer.status, answer.body["stock"]) == (200, 0)


def test_stock_whose_reply_was_lost_is_added_once(operations: Operations, mall: MemoryMall) -> None:
    item_id = operations.create(stock=40)["item_id"]
    mall.store.lose_next_reply()
    assert _move(operations, item_id, 5, key="first-key").status == 503
    assert _move(operations, item_id, 5, key="first-key").body["stock"] == 45


@pytest.mark.parametrize("other", [{"delta": 6}, {"reason": "other"}])
def test_another_request_under_the_same_key_is_refused(
    operations: Operations, other: dict[str, object]
) -> None:
    item_id = operations.create()["item_id"]
    body = {"delta": 5, "reason": "delivery"}
    operations.post(f"/{item_id}/stock", body, key="first-key")
    answer = operations.post(f"/{item_id}/stock", {**body, **other}, key="first-key")
    assert (answer.status, answer.problem) == (422, "idempotency-key-reused")


def test_a_key_is_bound_to_its_item(operations: Operations) -> None:
    for _ in range(2):
        item_id = operations.create(stock=0)["item_id"]
        assert _move(operations, item_id, 5, key="first-key").body["stock"] == 5


@pytest.mark.parametrize(
    "body",
    [
        {"delta": 0, "reason": "nothing"},
        {"delta": 1.5, "reason": "half"},
        {"delta": "5", "reason": "text"},
        {"delta": 10**12, "reason": "too much"},
        {"delta": 5},
        {"delta": 5, "reason": " "},
        {"reason": "delivery"},
    ],
)
def test_stock_that_does_not_fit_is_refused(
    operations: Operations, body: dict[str, object]
) -> None:
    item_id = operations.create()["item_id"]
    assert operations.post(f"/{item_id}/stock", body).status == 422


def test_the_audit_tells_why_stock_was_added(operations: Operations, mall: MemoryMall) -> None:
    item_id = operations.create(stock=40)["item_id"]
    _move(operations, item_id, 5)
    record = mall.audit[-1]
    assert (record.act, record.reason) == ("item.stock", "delivery")
    assert (record.before, record.after) == ({"stock": 40}, {"delta": 5})


def _move(operations: Operations, item_id: str, delta: int, key: str | None = None) -> Answer:
    return operations.post(f"/{item_id}/stock", {"delta": delta, "reason": "delivery"}, key)
