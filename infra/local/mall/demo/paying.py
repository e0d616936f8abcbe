"""Points and money: a provider's page, and everything back where it came from."""

from typing import Any

import httpx

from mall.demo.redeeming import ADDRESS
from mall.demo.stage import Stage, StoryBroken

PART = 2
"""One half in points, the other half in money."""


def she_orders_for_points_and_money(stage: Stage) -> None:
    """She pays half of a parcel in money: points and the piece wait for it, half an hour."""
    item = _offered(stage)
    stage.kept["before_paying"] = stage.points()
    option = item["options"][1]
    order = {
        "item_id": item["item_id"],
        "option": "points_cash",
        "expected_points": option["points"],
        "expected_cash": option["cash"],
        "delivery": ADDRESS,
    }
    ordered = stage.post("mei", "/v1/redemptions", order, status=201)
    stage.kept["paid_order"] = f"/v1/redemptions/{ordered['redemption_id']}"
    stage.expect("the order is", ordered["status"], "pending_payment")
    stage.show("to pay", f"{ordered['points']} points and {ordered['cash']} {ordered['currency']}")
    stage.expect("points frozen", stage.points()["held"], option["points"])


def she_pays_on_the_providers_page(stage: Stage) -> None:
    """She pays on the provider's page; its signed callback confirms the order."""
    path = stage.kept["paid_order"]
    page = stage.post("mei", f"{path}/payments", {}, status=201)["url"]
    stage.show("the page", page)
    httpx.post(page).raise_for_status()
    order = stage.until("the payment", lambda: stage.get("mei", path), _is_confirmed)
    stage.expect("the order is", order["status"], "confirmed")
    stage.expect("the money is", order["payment"]["state"], "paid")
    stage.expect("points frozen", stage.points()["held"], 0)


def she_changes_her_mind(stage: Stage) -> None:
    """She changes her mind: points go to their lots, money to where it was paid from."""
    path = stage.kept["paid_order"]
    stage.post("mei", f"{path}/cancel", {})
    order = stage.until("the refund", lambda: stage.get("mei", path), _is_refunded)
    stage.expect("the order is", order["status"], "cancelled")
    stage.expect("the money is", order["payment"]["state"], "refunded")
    stage.expect("her balance is what it was", stage.points(), stage.kept["before_paying"])


def _offered(stage: Stage) -> Any:
    """Let an operator offer the cheapest parcel for half its points, and money beside them."""
    items = stage.get("mei", "/v1/me/catalog/items", affordable="true", kind="physical", limit=100)
    fitting = [i for i in items["items"] if i["review"] == "auto" and i["stock"] > 1]
    if not fitting:
        raise StoryBroken("no parcel that nobody reviews is in stock")
    item = min(fitting, key=lambda i: (i["points"], i["item_id"]))
    half = item["points"] // PART
    option = {"option": "points_cash", "points": half, "cash": f"{half / 10:.2f}"}
    options = [{**option, "currency": "CNY"}]
    return stage.patch("operator", f"/v1/admin/items/{item['item_id']}", {"options": options})


def _is_confirmed(order: Any) -> bool:
    return bool(order["status"] == "confirmed")


def _is_refunded(order: Any) -> bool:
    return bool(order["payment"]["state"] == "refunded")
