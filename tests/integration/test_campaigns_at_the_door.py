"""A campaign from the operator's draft to its budget's last point, all through the front door."""

import uuid
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import httpx
import pytest

from stack import LocalStack, eventually, fresh_key
from support.visits import at_once, post

pytestmark = pytest.mark.stack

CAMPAIGNS = "/v1/admin/campaigns"
ORDERS, BONUS, BUDGET = 60, 10, 333


def terms(category: str) -> dict[str, Any]:
    """Return terms of a campaign for a category of this test's own."""
    today = datetime.now(UTC).date()
    return {
        "name": {"zh": "节日", "en": "Festival"},
        "window": {
            "first_day": str(today - timedelta(days=1)),
            "last_day": str(today + timedelta(days=1)),
        },
        "effect": {"bonus": BONUS},
        "scope": {"categories": [category]},
        "budget": BUDGET,
    }


def pays(stack: LocalStack, member_id: str, category: str, order_id: str) -> httpx.Response:
    """Let the shop tell of an order of one yuan; told again, it is the same order."""
    now = datetime.now(UTC).isoformat()
    data = {
        "order_id": order_id,
        "member_id": member_id,
        "currency": "CNY",
        "lines": [{"sku": "S1", "category": category, "quantity": 1, "amount": "1.00"}],
        "paid_at": now,
    }
    return stack.post_webhook("standard", {"type": "order.paid", "timestamp": now, "data": data})


def test_shops_orders_at_once_get_a_campaign_s_budget_and_not_a_point_more(
    stack: LocalStack,
) -> None:
    category, operator = f"festival-{uuid.uuid4().hex[:8]}", stack.http("operator")
    drafted = post(operator, CAMPAIGNS, terms(category)).json()
    path = f"{CAMPAIGNS}/{drafted['campaign_id']}"
    members = [stack.member_id(stack.new_member()) for _ in range(6)]
    assert pays(stack, members[0], category, f"{category}-before").json()["points"] == 1
    assert post(operator, f"{path}/start", {}).json()["status"] == "scheduled"
    eventually(lambda: _must(stack.http("auditor").get(path).json()["status"] == "running"))

    asks = [
        partial(pays, stack, members[n % 6], category, f"{category}-{n}") for n in range(ORDERS)
    ]
    answers = at_once(asks, 12)

    assert {answer.json()["status"] for answer in answers} <= {"credited", "duplicate"}
    bonuses = [answer.json()["points"] - 1 for answer in answers]
    assert sum(bonuses) == BUDGET == stack.http("auditor").get(path).json()["given"]
    assert sorted(set(bonuses)) == [0, BUDGET % BONUS, BONUS]

    today = datetime.now(UTC).date()
    days = {"from": str(today - timedelta(days=1)), "to": str(today + timedelta(days=1))}
    found = post(operator, f"{path}/simulate", days).json()
    (its,) = [it for it in found["campaigns"] if path.endswith(it["campaign_id"])]
    assert (its["points"], found["budget_left"]) == (BUDGET, 0)

    stopped = post(operator, f"{path}/stop", {"reason": "over"}, fresh_key()).json()
    assert stopped["status"] == "ended"


def _must(holds: bool) -> None:
    assert holds
