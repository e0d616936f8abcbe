import pytest

from loyalty.adapters.memory import MemoryMall
from support.catalogue import TEA, Operations, item_form
from support.http import Http

NEEDED = ["name", "kind", "category", "points", "stock"]


def test_an_item_needs_only_name_kind_category_points_and_stock(operations: Operations) -> None:
    made = operations.create()
    assert made["item_id"].startswith("item_")
    assert made == {
        "item_id": made["item_id"],
        "name": TEA,
        "description": {},
        "kind": "physical",
        "category": "tea",
        "tags": [],
        "pictures": [],
        "points": 1200,
        "options": [{"option": "points", "points": 1200}],
        "skus": [],
        "stock": 40,
        "review": "auto",
        "limits": {},
        "status": "on_shelf",
        "market_price": None,
        "terms": {},
        "tier_prices": {},
        "only_tiers": [],
        "limited_price": None,
        "bundle": None,
        "newcomer_days": None,
        "on_shelf_from": None,
        "on_shelf_until": None,
        "hide_sold_out": False,
        "low_stock_at": None,
        "version": 1,
        "created_at": "2026-11-21T04:00:00Z",
        "held": 0,
        "sold": 0,
        "codes_needed": 0,
    }


@pytest.mark.parametrize("missing", NEEDED)
def test_what_is_needed_and_missing_is_named(operations: Operations, missing: str) -> None:
    form = {name: value for name, value in item_form().items() if name != missing}
    answer = operations.post("", form)
    assert (answer.status, answer.problem) == (422, "invalid")
    assert [error["field"] for error in answer.body["errors"]] == [missing]


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("points", 0, "points"),
        ("points", -5, "points"),
        ("points", 1_000_000_001, "points"),
        ("points", 12.5, "points"),
        ("points", "1200", "points"),
        ("points", True, "points"),
        ("stock", -1, "stock"),
        ("stock", 1_000_000_001, "stock"),
        ("stock", None, "stock"),
        ("kind", "imaginary", "kind"),
        ("review", "sometimes", "review"),
        ("status", "sold", "status"),
        ("category", "", "category"),
        ("category", "   ", "category"),
        ("category", "x" * 65, "category"),
        ("name", {}, "name"),
        ("name", {"zh": " "}, "name.zh"),
        ("name", {"fr": "thé"}, "name.fr"),
        ("name", "tea", "name"),
        ("name", {"zh": "x" * 201}, "name.zh"),
        ("limits", {"per_order": 0}, "limits.per_order"),
        ("limits", {"per_week": 1}, "limits.per_week"),
        ("tags", ["t"] * 21, "tags"),
        ("tags", [""], "tags.0"),
        ("pictures", ["javascript:alert(1)"], "pictures.0"),
        ("market_price", "twelve", "market_price"),
        ("market_price", 12, "market_price"),
        ("market_price", "12.345", "market_price"),
        ("colour", "green", "colour"),
    ],
)
def test_what_does_not_fit_is_refused_and_named(
    operations: Operations, field: str, value: object, named: str
) -> None:
    answer = operations.post("", item_form(**{field: value}))
    assert (answer.status, answer.problem) == (422, "invalid")
    assert named in [error["field"] for error in answer.body["errors"]]
    assert operations.get().body["items"] == []


def test_a_name_in_one_language_stands_for_the_other(operations: Operations) -> None:
    assert operations.create(name={"zh": "茶"})["name"] == {"zh": "茶", "en": "茶"}
    assert operations.create(name={"en": "Tea"})["name"] == {"zh": "Tea", "en": "Tea"}


def test_all_that_an_item_can_say_comes_back(operations: Operations) -> None:
    said = {
        "description": {"zh": "明前龙井", "en": "Picked before Qingming"},
        "terms": {"zh": "不退换", "en": "No returns"},
        "tags": ["green", "spring"],
        "review": "always",
        "limits": {"per_order": 5, "per_day": 10, "per_member": 20},
        "status": "draft",
        "market_price": "68.00",
    }
    made = operations.create(**said)
    assert {name: made[name] for name in said} == said


def test_the_same_key_finds_the_item_that_it_made(operations: Operations) -> None:
    first = operations.post("", item_form(), key="the-same-key")
    again = operations.post("", item_form(), key="the-same-key")
    assert (first.status, again.status) == (201, 201)
    assert again.body == first.body
    assert len(operations.get().body["items"]) == 1


def test_a_creation_whose_reply_was_lost_is_found_again(
    operations: Operations, mall: MemoryMall
) -> None:
    mall.store.lose_next_reply()
    lost = operations.post("", item_form(), key="the-same-key")
    assert (lost.status, lost.problem) == (503, "busy")
    assert operations.post("", item_form(), key="the-same-key").status == 201
    assert len(operations.get().body["items"]) == 1


def test_a_key_that_made_one_item_does_not_make_another(operations: Operations) -> None:
    operations.post("", item_form(), key="the-same-key")
    answer = operations.post("", item_form(points=1), key="the-same-key")
    assert (answer.status, answer.problem) == (422, "idempotency-key-reused")


def test_two_operators_may_use_the_same_key(http: Http) -> None:
    for user in ("one", "another"):
        made = Operations(http, user).post("", item_form(), key="the-same-key")
        assert made.status == 201
    assert len(Operations(http).get().body["items"]) == 2


def test_a_creation_without_a_key_is_refused(http: Http) -> None:
    answer = http.post("/v1/admin/items", item_form(), user="op", groups=["operator"])
    assert (answer.status, answer.problem) == (400, "idempotency-key-missing")


def test_the_audit_tells_who_made_an_item(operations: Operations, mall: MemoryMall) -> None:
    made = operations.create()
    (record,) = mall.audit
    assert (record.act, record.actor, record.role) == ("item.create", "operator-sub", "operator")
    assert record.subject == f"item:{made['item_id']}"
    assert record.request_id == "request-1"
    assert record.after["points"] == 1200
    assert record.after["stock"] == 40
