import pytest

from catalog.editing import change_item
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.audit import Operator
from support.catalogue import Operations
from support.http import Http


def test_only_what_is_given_changes(operations: Operations) -> None:
    made = operations.create(tags=["green"])
    answer = operations.change(made["item_id"], points=900, market_price="68.00")
    assert answer.status == 200
    assert answer.body == {**made, **_priced(900), "market_price": "68.00", "version": 2}


def test_put_changes_only_what_is_given_too(operations: Operations, http: Http) -> None:
    made = operations.create()
    path = f"/v1/admin/items/{made['item_id']}"
    answer = http.put(path, {"points": 900}, user="op", groups=["operator"])
    assert answer.body == {**made, **_priced(900), "version": 2}


def test_a_price_without_a_market_price_is_possible_again(operations: Operations) -> None:
    made = operations.create(market_price="68.00")
    assert operations.change(made["item_id"], market_price=None).body["market_price"] is None


def test_limits_are_replaced_as_a_whole(operations: Operations) -> None:
    made = operations.create(limits={"per_order": 5, "per_day": 6})
    changed = operations.change(made["item_id"], limits={"per_member": 1}).body
    assert changed["limits"] == {"per_member": 1}


def test_a_new_price_reaches_the_stock_that_orders_are_charged_by(
    operations: Operations, mall: MemoryMall
) -> None:
    item_id = operations.create()["item_id"]
    operations.change(item_id, points=900, status="off_shelf")
    stock = mall.catalog.stock(item_id)
    assert stock is not None
    assert (stock.item_version, stock.on_shelf, stock.on_hand) == (2, False, 40)


def test_a_change_to_what_stands_already_is_none(operations: Operations, mall: MemoryMall) -> None:
    made = operations.create()
    assert operations.change(made["item_id"], points=1200, name=made["name"]).body == made
    assert operations.change(made["item_id"]).body == made
    assert len(mall.audit) == 1


def test_a_change_of_an_old_version_is_refused(operations: Operations) -> None:
    item_id = operations.create()["item_id"]
    operations.change(item_id, points=900, version=1)
    answer = operations.change(item_id, points=800, version=1)
    assert (answer.status, answer.problem) == (409, "changed-meanwhile")
    assert answer.body["version"] == 2
    assert operations.get(f"/{item_id}").body["points"] == 900


def test_a_versioned_change_that_was_made_already_is_found(operations: Operations) -> None:
    item_id = operations.create()["item_id"]
    first = operations.change(item_id, points=900, version=1)
    assert operations.change(item_id, points=900, version=1).body == first.body


def test_two_changes_at_once_are_both_kept(operations: Operations, mall: MemoryMall) -> None:
    item_id = operations.create()["item_id"]
    mall.store.before_next_commit(lambda: _reprice(mall, item_id, 900))
    operations.change(item_id, category="drinks")
    after = operations.get(f"/{item_id}").body
    assert (after["points"], after["category"], after["version"]) == (900, "drinks", 3)


@pytest.mark.parametrize(
    "change",
    [
        {"points": None},
        {"points": 0},
        {"name": None},
        {"stock": 5},
        {"item_id": "other"},
        {"kind": "virtual"},
        {"version": 0},
    ],
)
def test_a_change_that_does_not_fit_is_refused(
    operations: Operations, change: dict[str, object]
) -> None:
    made = operations.create()
    answer = operations.change(made["item_id"], **change)
    assert (answer.status, answer.problem) == (422, "invalid")
    assert answer.body["errors"][0]["field"] == next(iter(change))
    assert operations.get(f"/{made['item_id']}").body == made


def test_an_item_may_be_told_what_kind_it_is(operations: Operations) -> None:
    assert operations.change(operations.create()["item_id"], kind="physical").status == 200


def test_an_unknown_item_cannot_be_changed(operations: Operations) -> None:
    for answer in (
        operations.change("item_none", points=5),
        operations.post("/item_none/shelf", {"status": "on_shelf"}),
        operations.post("/item_none/stock", {"delta": 5, "reason": "found"}),
        operations.post("/item_none/codes", {"codes": ["A"]}),
        operations.get("/item_none"),
    ):
        assert (answer.status, answer.problem) == (404, "not-found")


def test_the_audit_tells_what_a_change_changed(operations: Operations, mall: MemoryMall) -> None:
    item_id = operations.create()["item_id"]
    operations.change(item_id, points=900, limits={"per_day": 1}, reason="Autumn prices")
    record = mall.audit[-1]
    assert (record.act, record.reason) == ("item.change", "Autumn prices")
    assert record.before == {"points": 1200, "limits": {}}
    assert record.after == {"points": 900, "limits": {"per_day": 1}}


def test_an_item_goes_off_the_shelf_and_back(operations: Operations, http: Http) -> None:
    item_id = operations.create()["item_id"]
    shown = f"/v1/catalog/items/{item_id}"
    assert operations.post(f"/{item_id}/shelf", {"status": "off_shelf"}).body["version"] == 2
    assert http.get(shown).status == 404
    assert operations.post(f"/{item_id}/shelf", {"status": "on_shelf"}).status == 200
    assert http.get(shown).status == 200


def test_a_repeated_shelving_does_not_undo_what_came_after(operations: Operations) -> None:
    item_id = operations.create()["item_id"]
    shelf = f"/{item_id}/shelf"
    for status, key in (("off_shelf", "first-key"), ("on_shelf", "other-key")):
        operations.post(shelf, {"status": status}, key=key)
    again = operations.post(shelf, {"status": "off_shelf"}, key="first-key")
    assert (again.status, again.body["status"]) == (200, "on_shelf")


def test_a_shelving_that_changes_nothing_is_remembered_too(operations: Operations) -> None:
    item_id = operations.create()["item_id"]
    shelf = f"/{item_id}/shelf"
    operations.post(shelf, {"status": "on_shelf"}, key="first-key")
    operations.post(shelf, {"status": "off_shelf"}, key="other-key")
    again = operations.post(shelf, {"status": "on_shelf"}, key="first-key")
    assert again.body["status"] == "off_shelf"


def test_another_status_under_the_same_key_is_refused(operations: Operations) -> None:
    item_id = operations.create()["item_id"]
    operations.post(f"/{item_id}/shelf", {"status": "off_shelf"}, key="first-key")
    answer = operations.post(f"/{item_id}/shelf", {"status": "draft"}, key="first-key")
    assert (answer.status, answer.problem) == (422, "idempotency-key-reused")


def _priced(points: int) -> dict[str, object]:
    return {"points": points, "options": [{"option": "points", "points": points}]}


def _reprice(mall: MemoryMall, item_id: str, points: int) -> None:
    change_item(mall, Operator("another", "operator", "request-2"), item_id, {"points": points})
