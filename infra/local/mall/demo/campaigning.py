"""A chapter of its own, with a member of its own: a campaign that stops where its budget does.

It is for one category that nothing else is of, so no other order earns more by it.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from mall.demo.stage import Stage

BUDGET, AMOUNT = 150, 100
CAMPAIGNS = "/v1/admin/campaigns"


def an_operator_drafts_a_campaign(stage: Stage) -> None:
    """An operator drafts double points on the festival's things, with 150 points to give."""
    today = datetime.now(UTC).date()
    terms = {
        "name": {"zh": "节日双倍积分", "en": "Double points for the festival"},
        "window": {
            "first_day": str(today - timedelta(days=1)),
            "last_day": str(today + timedelta(days=7)),
        },
        "effect": {"multiplier": "2"},
        "scope": {"categories": [_category(stage)]},
        "budget": BUDGET,
    }
    drafted = stage.post("operator", CAMPAIGNS, terms, status=201)
    stage.kept["campaign"] = f"{CAMPAIGNS}/{drafted['campaign_id']}"
    stage.expect("its status", drafted["status"], "draft")
    stage.arrive("an")
    stage.kept["an"] = stage.get("an", "/v1/me")["member_id"]
    stage.expect("an order before it", _pays(stage, 0), AMOUNT)


def it_is_tried_on_past_days(stage: Stage) -> None:
    """She lets it loose on the orders of the last two days, by the functions of live earning."""
    today = datetime.now(UTC).date()
    days = {"from": str(today - timedelta(days=1)), "to": str(today + timedelta(days=1))}
    found = stage.post("operator", f"{stage.kept['campaign']}/simulate", days)
    stage.show("orders", found["orders"])
    stage.show("they earned", found["issued"])
    (its,) = [it for it in found["campaigns"] if stage.kept["campaign"].endswith(it["campaign_id"])]
    stage.expect("the campaign would have given", its["points"], AMOUNT)
    stage.expect("left of the budget", found["budget_left"], BUDGET - AMOUNT)


def it_runs_until_its_budget_ends(stage: Stage) -> None:
    """It is started: it doubles one order, gives the next what is left, and the third nothing."""
    stage.post("operator", f"{stage.kept['campaign']}/start", {})
    stage.until("it runs", lambda: _seen(stage)["status"], lambda status: status == "running")
    earned = [_pays(stage, number) for number in (1, 2, 3)]
    stage.expect("three orders of 100 yuan earn", earned, [200, 150, 100])
    stage.expect("given of the budget", _seen(stage)["given"], BUDGET)
    entries = stage.get("an", "/v1/me/points/entries")["items"]
    of_second = next(it for it in entries if it["reference"] == _order(stage, 2))
    stage.show("why 150?", of_second["explanation"]["campaigns"])


def it_is_stopped(stage: Stage) -> None:
    """The operator ends it before its time, and says why."""
    stopped = stage.post("operator", f"{stage.kept['campaign']}/stop", {"reason": "Sold out"})
    stage.expect("its status", stopped["status"], "ended")


def _seen(stage: Stage) -> dict[str, Any]:
    campaign: dict[str, Any] = stage.get("operator", stage.kept["campaign"])
    return campaign


def _category(stage: Stage) -> str:
    return f"festival-{stage.run}"


def _order(stage: Stage, number: int) -> str:
    return f"F{number}-{stage.run}"


def _pays(stage: Stage, number: int) -> int:
    now = stage.now()
    line = {
        "sku": "LANTERN",
        "category": _category(stage),
        "quantity": 1,
        "amount": f"{AMOUNT}.00",
    }
    data = {
        "order_id": _order(stage, number),
        "member_id": stage.kept["an"],
        "currency": "CNY",
        "lines": [line],
        "paid_at": now,
    }
    paid = {"type": "order.paid", "timestamp": now, "data": data}
    points: int = stage.webhook("standard", paid)["points"]
    return points
