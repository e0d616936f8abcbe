"""A chapter of its own, with a member of its own: members climb from tier to tier."""

from typing import Any

from mall.demo.stage import Stage

BIG, SMALL, REFUND = 20_000, 100, 19_000


def she_spends_a_lot(stage: Stage) -> None:
    """Yun buys for 20,000 yuan, and is silver a moment later."""
    stage.arrive("yun")
    stage.kept["yun"] = stage.get("yun", "/v1/me")["member_id"]
    receipt = stage.webhook("standard", _paid(stage, "big", BIG))
    stage.expect("points credited", receipt["points"], BIG)
    me = stage.until("she rises", lambda: _me(stage), lambda it: it["tier"] == "silver")
    stage.expect("her tier", me["tier_name"], "银卡会员")
    progress = me["tier_progress"]
    stage.expect("counted this year", progress["counted"], f"{BIG}.00")
    stage.expect("missing for gold", progress["needed"], "80000.00")
    stage.show("quicker earning until", progress["speed_up"]["until"])


def the_next_order_earns_more(stage: Stage) -> None:
    """Her next 100 yuan earn one and a half times as much, and twice that in the first 30 days."""
    receipt = stage.webhook("standard", _paid(stage, "small", SMALL))
    stage.expect("points credited", receipt["points"], 300)


def a_refund_lowers_no_tier(stage: Stage) -> None:
    """She sends most of it back: less is counted, and the tier waits for the year's end."""
    now = stage.now()
    data = {
        "order_id": _order(stage, "big"),
        "refund_id": f"R-{stage.run}",
        "amount": f"{REFUND}.00",
        "currency": "CNY",
        "refunded_at": now,
    }
    stage.webhook("standard", {"type": "order.refunded", "timestamp": now, "data": data})
    left = f"{BIG + SMALL - REFUND}.00"
    me = stage.until(
        "less is counted",
        lambda: _me(stage),
        lambda it: it["tier_progress"]["counted"] == left,
    )
    stage.expect("counted this year", me["tier_progress"]["counted"], left)
    stage.expect("her tier", me["tier"], "silver")


def the_shop_gives_a_tier(stage: Stage) -> None:
    """A shop that keeps tiers itself makes her gold, with a token of its own system."""
    path = f"/v1/members/woocommerce/{stage.run}"
    told = stage.put("shop", path, {"member_id": stage.kept["yun"], "tier": "gold"})
    stage.expect("her tier, given by the shop", told["tier"], "gold")
    stage.expect("she sees", _me(stage)["tier_name"], "金卡会员")
    balance = stage.get("shop", f"/v1/members/{stage.kept['yun']}/points")
    stage.show("the shop shows her points", balance["available"])


def _me(stage: Stage) -> dict[str, Any]:
    found: dict[str, Any] = stage.get("yun", "/v1/me")
    return found


def _order(stage: Stage, which: str) -> str:
    return f"Y-{stage.run}-{which}"


def _paid(stage: Stage, which: str, amount: int) -> dict[str, object]:
    now = stage.now()
    line = {"sku": "TEA-1", "category": "tea", "quantity": 1, "amount": f"{amount}.00"}
    data = {
        "order_id": _order(stage, which),
        "member_id": stage.kept["yun"],
        "currency": "CNY",
        "lines": [line],
        "paid_at": now,
    }
    return {"type": "order.paid", "timestamp": now, "data": data}
