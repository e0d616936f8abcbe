"""What `mall up` promises, on the stack that the test run has brought up."""

import time
from datetime import datetime, timedelta

import httpx
import pytest

from mall.bring_up import Wish, bring_up
from mall.places import Places
from mall.progress import SilentProgress
from stack import LocalStack, eventually, fresh_key

pytestmark = pytest.mark.stack

NEW_YEAR = datetime.fromisoformat("2027-01-01T00:00:00+08:00")


def test_everybody_signs_in_and_has_the_role_of_the_name(stack: LocalStack) -> None:
    for name, user in stack.facts.users.items():
        answer = stack.http(name).get("/v1/admin/items")
        assert answer.status_code == (403 if user.role == "member" else 200), name


def test_the_seeded_shelf_can_be_seen_with_its_pictures(stack: LocalStack) -> None:
    items = stack.http().get("/v1/catalog/items", params={"limit": 100}).json()["items"]
    assert len(items) >= 24
    for item in items:
        assert item["stock"] > 0
        assert _picture(item["pictures"][0]).startswith("<svg")


def test_a_linked_customers_order_earns_points_and_a_mail(stack: LocalStack) -> None:
    ((customer, member),) = stack.facts.links["shopify"].items()
    assert member == stack.member_id("lin")
    before = len(stack.mails("lin"))
    order = {
        "id": time.time_ns(),
        "currency": "CNY",
        "customer": {"id": int(customer)},
        "line_items": [{"id": 1, "quantity": 1, "price": "88.00", "sku": "TEA"}],
        "total_shipping_price_set": None,
        "current_total_price": "88.00",
        "created_at": "2026-11-21T10:00:00+08:00",
        "processed_at": "2026-11-21T10:00:00+08:00",
    }
    answer = stack.post_webhook("shopify", order, topic="orders/paid")
    assert (answer.status_code, answer.json().get("status")) == (202, "credited"), answer.text

    def mailed() -> None:
        assert len(stack.mails("lin")) > before

    eventually(mailed)


def test_the_clock_is_in_force_for_warm_functions_at_once(stack: LocalStack) -> None:
    stack.new_member()
    stack.clock.set(NEW_YEAR)
    newcomer = stack.new_member()
    joined = stack.http(newcomer).get("/v1/me").json()["joined_at"]
    assert NEW_YEAR <= datetime.fromisoformat(joined) < NEW_YEAR + timedelta(minutes=1)


def test_a_sweep_leaves_the_queues_empty(stack: LocalStack) -> None:
    stack.sweep()
    working = {n: url for n, url in stack.facts.queues.items() if not n.endswith("DeadLetters")}
    for name, url in working.items():
        found = stack.aws.sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["All"])
        assert found["Attributes"]["ApproximateNumberOfMessages"] == "0", name


def test_bringing_it_up_again_changes_nothing_and_takes_seconds(
    stack: LocalStack, places: Places
) -> None:
    began = time.monotonic()
    wish = Wish(port=stack.aws.port, auth=True, stage="test")
    again = bring_up(places, wish, SilentProgress())
    assert time.monotonic() - began < 20
    assert again.tables == stack.facts.tables
    assert again.webhooks == stack.facts.webhooks
    assert all(stack.facts.users[name] == user for name, user in again.users.items())


def test_operators_may_go_on_where_the_seeds_ended(stack: LocalStack) -> None:
    body = {
        "name": {"zh": "试用装", "en": "Sample"},
        "kind": "physical",
        "category": "tea",
        "points": 10,
        "stock": 1,
    }
    answer = stack.http("operator").post(
        "/v1/admin/items", json=body, headers={"Idempotency-Key": fresh_key()}
    )
    assert answer.status_code == 201, answer.text


def _picture(url: str) -> str:
    """Fetch from CloudFront's local name; Python does not resolve `*.localhost`, so ask by Host."""
    address = httpx.URL(url)
    there = address.copy_with(host="localhost")
    return httpx.get(there, headers={"Host": f"{address.host}:{address.port}"}).text
