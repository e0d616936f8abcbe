from dataclasses import replace
from typing import Any

import pytest

from catalog import remembered
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.writes import AddAudit, TakeStock
from support.catalogue import Operations
from support.http import Http

SHELF = "/v1/catalog/items"


@pytest.fixture
def shelf(operations: Operations, mall: MemoryMall) -> dict[str, str]:
    """Put five items up, a minute apart, and one that is not for members yet."""
    made: dict[str, str] = {}
    forms: dict[str, dict[str, Any]] = {
        "tea": {"name": {"zh": "龙井茶", "en": "Longjing Tea"}, "points": 1200},
        "cup": {"name": {"zh": "茶杯", "en": "Cup"}, "category": "home", "points": 300},
        "film": {"name": {"zh": "电影票", "en": "Film ticket"}, "category": "fun", "points": 300},
        "spa": {"name": {"zh": "按摩", "en": "Massage"}, "category": "fun", "points": 9000},
        "card": {"name": {"zh": "礼品卡", "en": "Card"}, "category": "fun", "points": 5000},
        "draft": {"name": {"zh": "草稿", "en": "Draft"}, "status": "draft"},
    }
    for name, changes in forms.items():
        kind = {"film": "virtual", "card": "virtual", "spa": "service"}.get(name, "physical")
        tags = ["Summer"] if name == "cup" else []
        made[name] = operations.create(kind=kind, tags=tags, **changes)["item_id"]
        mall.clock.travel(minutes=1)
    return made


def test_members_see_what_is_on_the_shelf_newest_first(http: Http, shelf: dict[str, str]) -> None:
    assert _seen(http, shelf) == ["card", "spa", "film", "cup", "tea"]


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("category=fun", ["card", "spa", "film"]),
        ("category=none", []),
        ("kind=virtual", ["card", "film"]),
        ("category=fun&kind=service", ["spa"]),
        ("max_points=300", ["film", "cup"]),
        ("max_points=0", []),
        ("sort=points&max_points=1200", ["cup", "film", "tea"]),
        ("q=茶", ["cup", "tea"]),
        ("q=TEA", ["tea"]),
        ("q=ｔｅａ", ["tea"]),
        ("q=%20tea%20", ["tea"]),
        ("q=summer", ["cup"]),
        ("q=FUN", ["card", "spa", "film"]),
        ("q=", ["card", "spa", "film", "cup", "tea"]),
        ("q=nothing", []),
    ],
)
def test_the_shelf_is_filtered(
    http: Http, shelf: dict[str, str], query: str, seen: list[str]
) -> None:
    assert sorted(_seen(http, shelf, query)) == sorted(seen)


def test_the_shelf_is_sorted_by_points_both_ways(http: Http, shelf: dict[str, str]) -> None:
    assert _seen(http, shelf, "sort=points") == ["film", "cup", "tea", "card", "spa"]
    assert _seen(http, shelf, "sort=-points") == ["spa", "card", "tea", "film", "cup"]


def test_what_was_redeemed_most_is_popular(
    http: Http, shelf: dict[str, str], mall: MemoryMall
) -> None:
    for name, pieces in (("cup", 3), ("tea", 5)):
        fence = AddAudit(replace(mall.audit[0], act_id=f"sale of {name}"))
        mall.store.commit([fence, TakeStock(shelf[name], pieces, item_version=1)])
    assert _seen(http, shelf, "sort=popular") == ["tea", "cup", "card", "spa", "film"]


@pytest.mark.parametrize("sort", ["newest", "points", "-points", "popular"])
def test_pages_follow_each_other_without_gap_or_repetition(
    http: Http, shelf: dict[str, str], sort: str
) -> None:
    whole = _seen(http, shelf, f"sort={sort}")
    for limit in (1, 2, 4, 5):
        assert _paged(http, shelf, f"sort={sort}&limit={limit}") == whole


def test_a_new_item_does_not_disturb_whoever_is_turning_pages(
    http: Http, shelf: dict[str, str], operations: Operations
) -> None:
    first = http.get(f"{SHELF}?limit=2").body
    operations.create()
    second = http.get(f"{SHELF}?limit=3&cursor={first['next_cursor']}").body
    seen = [item["item_id"] for item in first["items"] + second["items"]]
    assert seen == [shelf[name] for name in ("card", "spa", "film", "cup", "tea")]
    assert second["next_cursor"] is None


@pytest.mark.usefixtures("shelf")
def test_a_cursor_belongs_to_its_order(http: Http) -> None:
    cursor = http.get(f"{SHELF}?limit=2&sort=points").body["next_cursor"]
    answer = http.get(f"{SHELF}?limit=2&sort=newest&cursor={cursor}")
    assert (answer.status, answer.problem) == (422, "invalid")
    assert answer.body["errors"][0]["field"] == "cursor"


@pytest.mark.parametrize(
    "query",
    ["limit=0", "limit=101", "kind=x", "sort=price", "max_points=-1", "cursor=abc", "colour=red"],
)
def test_a_query_that_does_not_fit_is_refused(http: Http, query: str) -> None:
    answer = http.get(f"{SHELF}?{query}")
    assert (answer.status, answer.problem) == (422, "invalid")
    assert answer.body["errors"][0]["field"] == query.split("=", maxsplit=1)[0]


def test_an_item_is_shown_as_the_contract_says(http: Http, operations: Operations) -> None:
    made = operations.create(limits={"per_order": 5}, pictures=["pictures/tea.svg"])
    shown = http.get(f"{SHELF}/{made['item_id']}").body
    assert shown["options"] == [{"option": "points", "points": 1200}]
    assert shown["pictures"] == ["https://media.example.com/pictures/tea.svg"]
    assert shown["limits"] == {"per_order": 5}
    for_operators = {"version", "created_at", "held", "sold", "codes_needed", "hide_sold_out"}
    for_operators.add("low_stock_at")
    assert shown == {name: made[name] for name in made if name not in for_operators}
    assert http.get(SHELF).body["items"] == [shown]


def test_what_is_not_on_the_shelf_is_not_found(http: Http, shelf: dict[str, str]) -> None:
    for path in (f"{SHELF}/{shelf['draft']}", f"{SHELF}/item_none"):
        for answer in (http.get(path), http.get(path.replace("v1", "v1/me"), user="lin")):
            assert (answer.status, answer.problem) == (404, "not-found")


@pytest.mark.usefixtures("shelf")
def test_categories_count_what_is_on_the_shelf(http: Http) -> None:
    assert http.get("/v1/catalog/categories").body == {
        "items": [
            {"category": "fun", "count": 3},
            {"category": "home", "count": 1},
            {"category": "tea", "count": 1},
        ],
        "next_cursor": None,
    }


def test_the_public_shelf_may_be_kept_for_a_moment_and_asked_for_cheaply(
    http: Http, shelf: dict[str, str]
) -> None:
    for path in (SHELF, f"{SHELF}/{shelf['tea']}", "/v1/catalog/categories"):
        answer = http.get(path)
        assert answer.headers["cache-control"] == "public, max-age=15"
        unchanged = http.get(path, headers={"If-None-Match": answer.headers["etag"]})
        assert (unchanged.status, unchanged.body) == (304, "")


def test_what_a_member_sees_is_kept_by_nobody_else(http: Http) -> None:
    answer = http.get("/v1/me/catalog/items", user="lin")
    assert answer.headers["cache-control"] == "private, no-cache"


def test_operators_see_every_item(http: Http, shelf: dict[str, str]) -> None:
    path = "/v1/admin/items"
    assert len(_paged(http, shelf, "limit=2", path)) == len(shelf)
    assert _seen(http, shelf, "status=draft", path) == ["draft"]
    assert _seen(http, shelf, "q=film", path) == ["film"]


def _seen(http: Http, shelf: dict[str, str], query: str = "", path: str = SHELF) -> list[str]:
    answer = http.get(f"{path}?{query}", user="auditor-sub", groups=["auditor"])
    assert answer.status == 200, answer.body
    names = {item_id: name for name, item_id in shelf.items()}
    return [names[item["item_id"]] for item in answer.body["items"]]


def _paged(http: Http, shelf: dict[str, str], query: str, path: str = SHELF) -> list[str]:
    names = {item_id: name for name, item_id in shelf.items()}
    seen: list[str] = []
    cursor: Any = ""
    while cursor is not None:
        page = http.get(f"{path}?{query}&cursor={cursor}", user="a", groups=["auditor"]).body
        seen += [names[item["item_id"]] for item in page["items"]]
        cursor = page["next_cursor"]
    return seen


def test_on_a_small_shelf_popularity_is_of_now(
    http: Http, shelf: dict[str, str], mall: MemoryMall
) -> None:
    for name, pieces in (("cup", 3), ("tea", 5), ("cup", 3)):
        fence = AddAudit(
            replace(mall.audit[0], act_id=f"sale of {name} {pieces} {len(mall.audit)}")
        )
        mall.store.commit([fence, TakeStock(shelf[name], pieces, item_version=1)])
        assert _seen(http, shelf, "sort=popular")[0] == name


def test_on_a_large_shelf_popularity_is_remembered_for_a_while(
    http: Http, shelf: dict[str, str], mall: MemoryMall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "FEW_ITEMS", -1_000_000)
    before = _seen(http, shelf, "sort=popular")
    fence = AddAudit(replace(mall.audit[0], act_id="sale"))
    mall.store.commit([fence, TakeStock(shelf["tea"], 5, item_version=1)])
    assert _seen(http, shelf, "sort=popular") == before
