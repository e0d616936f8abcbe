"""Chapter two: points go out, at once or after a review."""

from typing import Any

from mall.demo.stage import Stage, StoryBroken

ADDRESS = {
    "recipient": "梅",
    "phone": "+86 138 0000 0000",
    "country": "CN",
    "province": "浙江",
    "city": "杭州",
    "line1": "龙井路 1 号",
}


def she_looks_around(stage: Stage) -> None:
    """She looks at what she can afford, and asks for a price."""
    items = stage.get("mei", "/v1/me/catalog/items", affordable="true", limit=100)["items"]
    stage.show("items she can afford", len(items))
    stage.kept["code_item"] = _choose(items, "virtual", {"never", "auto"})
    stage.kept["parcel_item"] = _choose(items, "physical", {"always"})
    order = {"item_id": stage.kept["code_item"]["item_id"], "quantity": 1, "option": "points"}
    quote = stage.post("mei", "/v1/redemptions/quotes", order)
    stage.expect("she may have it", quote["eligible"], True)
    stage.show(f"price of {stage.kept['code_item']['name']['zh']}", f"{quote['points']} points")


def she_redeems_a_code(stage: Stage) -> None:
    """She redeems a gift card: one write takes points and stock, and hands over a code."""
    item, before = stage.kept["code_item"], stage.points()["available"]
    order = {
        "item_id": item["item_id"],
        "quantity": 1,
        "option": "points",
        "expected_points": item["points"],
    }
    key = f"code-{stage.run}"
    first = stage.post("mei", "/v1/redemptions", order, key=key, status=201)
    again = stage.post("mei", "/v1/redemptions", order, key=key, status=201)
    stage.expect("the same key again gives the same order", again == first, True)
    path = f"/v1/redemptions/{first['redemption_id']}"
    done = stage.until("the code", lambda: stage.get("mei", path), _is("completed"))
    stage.expect(f"order {done['order_number']} is", done["status"], "completed")
    code_id = done["codes"][0]["code_id"]
    code = stage.post("mei", f"{path}/codes/{code_id}/reveal", {})
    stage.show("her code", code["code"])
    stage.expect("points left", stage.points()["available"], before - item["points"])


def she_wants_something_reviewed(stage: Stage) -> None:
    """She redeems something that a person reviews: her points are frozen, not yet deducted."""
    item, before = stage.kept["parcel_item"], stage.points()
    ordered = _order_parcel(stage, f"parcel-{stage.run}")
    stage.kept["parcel"] = ordered["redemption_id"]
    stage.expect("the order is", ordered["status"], "pending_review")
    after = stage.points()
    stage.expect("points available", after["available"], before["available"] - item["points"])
    stage.expect("points frozen", after["held"], item["points"])


def an_operator_approves(stage: Stage) -> None:
    """A reviewer sees the facts and approves; the state machine deducts."""
    queue = stage.get("reviewer", "/v1/admin/reviews", limit=100)["items"]
    mine = next((r for r in queue if r["redemption_id"] == stage.kept["parcel"]), None)
    if mine is None:
        raise StoryBroken("the order is not in the reviewers' queue")
    stage.show("sent to review because", mine["facts"])
    path = f"/v1/redemptions/{stage.kept['parcel']}"
    admin_path = f"/v1/admin{path.removeprefix('/v1')}"
    word = {"decision": "approve", "reason": "A good customer."}
    stage.post("reviewer", f"{admin_path}/decision", word)
    order = stage.until("the approval", lambda: stage.get("mei", path), _is("confirmed"))
    stage.expect("the order is", order["status"], "confirmed")
    stage.expect("points frozen", stage.points()["held"], 0)


def the_parcel_travels(stage: Stage) -> None:
    """An operator ships it; she confirms that it has come."""
    path = f"/v1/redemptions/{stage.kept['parcel']}"
    parcel = {"carrier": "SF Express", "tracking_number": f"SF{stage.run.upper()}"}
    stage.post("operator", f"/v1/admin{path.removeprefix('/v1')}/shipments", parcel)
    shipped = stage.get("mei", path)
    stage.expect("the order is", shipped["status"], "shipped")
    stage.show("tracking number", shipped["shipment"]["tracking_number"])
    stage.expect("then", stage.post("mei", f"{path}/receipt", {})["status"], "received")


def an_operator_rejects(stage: Stage) -> None:
    """Another order is rejected: points and stock go back, and she is told why."""
    before = stage.points()
    redemption_id = _order_parcel(stage, f"parcel2-{stage.run}")["redemption_id"]
    word = {"decision": "reject", "reason": "一人一件 / One each."}
    stage.post("reviewer", f"/v1/admin/redemptions/{redemption_id}/decision", word)
    path = f"/v1/redemptions/{redemption_id}"
    order = stage.until("the rejection", lambda: stage.get("mei", path), _is("rejected"))
    stage.expect("the order is", order["status"], "rejected")
    stage.show("because", order["timeline"][-1]["note"])
    stage.expect("her balance is what it was", stage.points(), before)


def _order_parcel(stage: Stage, key: str) -> Any:
    item_id = stage.kept["parcel_item"]["item_id"]
    order = {"item_id": item_id, "quantity": 1, "option": "points", "delivery": ADDRESS}
    return stage.post("mei", "/v1/redemptions", order, key=key, status=201)


def _choose(items: list[Any], kind: str, reviews: set[str]) -> Any:
    fitting = [i for i in items if i["kind"] == kind and i["review"] in reviews and i["stock"] > 1]
    if not fitting:
        raise StoryBroken(f"no {kind} item, reviewed {' or '.join(reviews)}, is in stock")
    return min(fitting, key=lambda item: item["points"])


def _is(status: str) -> Any:
    return lambda order: order["status"] == status
