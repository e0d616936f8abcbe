"""On the shelf by time and by stock: exact to the instant, whatever any sweep does."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from loyalty.adapters.memory import MemoryMall
from support.catalogue import Operations
from support.http import Http

SHELF = "/v1/catalog/items"


def after(mall: MemoryMall, hours: int) -> str:
    return (mall.clock.now() + timedelta(hours=hours)).isoformat()


@pytest.fixture
def sale(operations: Operations, mall: MemoryMall) -> dict[str, Any]:
    """Put up an item that is offered from the third hour on, for two hours."""
    return operations.create(
        category="sale", on_shelf_from=after(mall, 3), on_shelf_until=after(mall, 5)
    )


def is_shown(http: Http, item_id: str) -> bool:
    """Whether members see an item: in the list, by search, in its category, and by itself."""
    listed = [item["item_id"] for item in http.get(SHELF).body["items"]]
    searched = [item["item_id"] for item in http.get(f"{SHELF}?q=longjing").body["items"]]
    counted = [one["category"] for one in http.get("/v1/catalog/categories").body["items"]]
    alone = http.get(f"/v1/me/catalog/items/{item_id}", user="lin").status
    shown = {item_id in listed, item_id in searched, "sale" in counted, alone == 200}
    assert len(shown) == 1, (listed, searched, counted, alone)
    return shown.pop()


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (timedelta(0), False),
        (timedelta(hours=3, microseconds=-1), False),
        (timedelta(hours=3), True),
        (timedelta(hours=5, microseconds=-1), True),
        (timedelta(hours=5), False),
    ],
)
def test_an_item_is_shown_from_its_first_instant_until_its_last(
    http: Http, mall: MemoryMall, sale: dict[str, Any], moment: timedelta, shown: bool
) -> None:
    mall.clock.travel(seconds=moment.total_seconds())
    assert is_shown(http, sale["item_id"]) is shown


def test_one_warm_function_sees_it_come_and_go(
    http: Http, mall: MemoryMall, sale: dict[str, Any]
) -> None:
    seen = []
    for _ in range(6):
        seen.append(is_shown(http, sale["item_id"]))
        mall.clock.travel(hours=1)
    assert seen == [False, False, False, True, True, False]


def test_another_time_holds_at_once(
    http: Http, operations: Operations, sale: dict[str, Any]
) -> None:
    assert not is_shown(http, sale["item_id"])
    changed = operations.change(sale["item_id"], on_shelf_from=None)
    assert (changed.status, changed.body["on_shelf_from"]) == (200, None)
    assert is_shown(http, sale["item_id"])


def test_off_the_shelf_by_hand_wins_over_the_time(
    http: Http, mall: MemoryMall, operations: Operations, sale: dict[str, Any]
) -> None:
    mall.clock.travel(hours=4)
    operations.post(f"/{sale['item_id']}/shelf", {"status": "off_shelf"})
    assert not is_shown(http, sale["item_id"])


def test_operators_see_it_at_any_time(operations: Operations, sale: dict[str, Any]) -> None:
    assert [item["item_id"] for item in operations.get().body["items"]] == [sale["item_id"]]


@pytest.mark.parametrize(
    ("begin", "end"), [("2026-11-22T10:00:00Z", "2026-11-22T10:00:00Z"), ("tomorrow", None)]
)
def test_a_time_that_cannot_be_is_refused(
    operations: Operations, begin: str, end: str | None
) -> None:
    made = operations.create()
    answer = operations.change(made["item_id"], on_shelf_from=begin, on_shelf_until=end)
    assert (answer.status, answer.problem) == (422, "invalid")


def test_a_time_without_a_zone_is_refused(operations: Operations) -> None:
    made = operations.create()
    answer = operations.change(made["item_id"], on_shelf_from="2026-11-22T10:00:00")
    assert (answer.status, answer.body["errors"][0]["field"]) == (422, "on_shelf_from")


def test_an_item_that_hides_when_sold_out_comes_back_with_its_stock(
    http: Http, operations: Operations
) -> None:
    made = operations.create(category="sale", stock=2, hide_sold_out=True)
    assert is_shown(http, made["item_id"])
    operations.post(f"/{made['item_id']}/stock", {"delta": -2, "reason": "counted"})
    assert not is_shown(http, made["item_id"])
    assert operations.get(f"/{made['item_id']}").body["stock"] == 0
    operations.post(f"/{made['item_id']}/stock", {"delta": 1, "reason": "found one"})
    assert is_shown(http, made["item_id"])


def test_pages_are_full_though_sold_out_items_hide(http: Http, operations: Operations) -> None:
    for pieces in (0, 1, 0, 1, 0, 1, 0, 1, 0):
        operations.create(stock=pieces, hide_sold_out=True)
    first = http.get(f"{SHELF}?limit=3").body
    second = http.get(f"{SHELF}?limit=3&cursor={first['next_cursor']}").body
    assert [item["stock"] for item in first["items"] + second["items"]] == [1] * 4
    assert (len(first["items"]), second["next_cursor"]) == (3, None)


def test_the_audit_tells_of_a_new_time(mall: MemoryMall, operations: Operations) -> None:
    made = operations.create()
    operations.change(made["item_id"], on_shelf_from="2026-11-22T10:00:00+08:00")
    told = mall.audit[-1].after or {}
    assert datetime.fromisoformat(str(told["on_shelf_from"])) == datetime.fromisoformat(
        "2026-11-22T02:00:00Z"
    )
