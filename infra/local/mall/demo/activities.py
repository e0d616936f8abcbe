"""Points for more than purchases: a check-in, a task, a friend."""

from mall.demo.stage import Stage
from mall.seeds.activities import CHECK_INS, REFERRAL


def she_checks_in(stage: Stage) -> None:
    """She checks in, and once more: a day counts once."""
    before = stage.points()["available"]
    done = stage.post("mei", "/v1/me/check-ins", None, status=201)
    stage.expect("days in a row", done["streak"], 1)
    stage.expect("points for today", done["points"], CHECK_INS.ladder[0])
    stage.expect("points for tomorrow", done["next_points"], CHECK_INS.ladder[1])
    again = stage.post("mei", "/v1/me/check-ins", None, status=409)
    stage.expect("the second time", again["type"].rsplit("/", 1)[-1], "already-checked-in")
    stage.expect("points available", stage.points()["available"], before + done["points"])


def she_does_a_task(stage: Stage) -> None:
    """She answers the survey, and the shop's own system says that she has reviewed a product."""
    survey = "/v1/me/tasks/survey/completions"
    stage.expect("for the survey", stage.post("mei", survey, {}, status=201)["points"], 30)
    again = stage.post("mei", survey, {}, status=409)
    stage.expect("the second time", again["type"].rsplit("/", 1)[-1], "limit-reached")
    review = f"/v1/members/{stage.member_id}/tasks/review-product/completions"
    done = stage.post("shop", review, {"reference": "TEA-1"}, status=201)
    stage.expect("for the review", done["points"], 20)
    tasks = stage.get("mei", "/v1/me/tasks")["items"]
    stage.show("still open", ", ".join(task["task_id"] for task in tasks if task["is_open"]))


def she_brings_a_friend(stage: Stage) -> None:
    """Tao joins with her code and buys: both earn, and she also for the link that Tao came by."""
    code = stage.get("mei", "/v1/me/referral")["code"]
    stage.show("her code", code)
    before = stage.points()["available"]
    stage.arrive("tao")
    tao = stage.get("tao", "/v1/me")["member_id"]
    stage.post("tao", "/v1/me/referral", {"code": code}, status=201)
    paid = _paid(stage, tao, code)
    stage.webhook("standard", paid, delivery_id=f"msg_{stage.run}_tao")
    expected = before + REFERRAL.referrer_points + 50
    stage.until("her reward", stage.points, lambda balance: balance["available"] == expected)
    stage.expect("her points", stage.points()["available"], expected)
    stage.expect("earned by her code", stage.get("mei", "/v1/me/referral")["earned"], 500)
    has = stage.get("tao", "/v1/me/points")["available"]
    stage.expect("Tao's points", has, 100 + 80 + REFERRAL.friend_points)


def _paid(stage: Stage, member_id: str, shared_by: str) -> dict[str, object]:
    now = stage.now()
    return {
        "type": "order.paid",
        "timestamp": now,
        "data": {
            "order_id": f"T-{stage.run}",
            "member_id": member_id,
            "shared_by": shared_by,
            "currency": "CNY",
            "lines": [{"sku": "TEA-1", "category": "tea", "quantity": 1, "amount": "80.00"}],
            "paid_at": now,
        },
    }
