"""Points and money at the deployed mall, with a provider that behaves, and one that does not."""

from datetime import timedelta
from typing import Any

import httpx
import pytest

from stack import LocalStack, eventually
from support.paying import ask, cash_item, misbehaving, order_for_cash, page_of, pay
from support.visits import balance, member_with, post, reaches, stock_of

pytestmark = pytest.mark.stack


@pytest.fixture
def name(stack: LocalStack) -> str:
    """A member with 100 points."""
    return member_with(stack, 100)


def path_of(order: dict[str, Any]) -> str:
    return f"/v1/redemptions/{order['redemption_id']}"


def kinds_of(stack: LocalStack, name: str) -> list[str]:
    statement = stack.http(name).get("/v1/me/points/entries").raise_for_status().json()
    return sorted(entry["kind"] for entry in statement["items"])


def comes_back(stack: LocalStack, name: str, order: dict[str, Any]) -> dict[str, Any]:
    """Wait until the money of an order has gone back, on both sides."""

    def look() -> dict[str, Any]:
        found: dict[str, Any] = stack.http(name).get(path_of(order)).raise_for_status().json()
        assert found["payment"]["state"] == "refunded", found
        return found

    found = eventually(look)
    assert ask(stack, "GET", f"/payments/{order['redemption_id']}")["refunded_at"]
    return found


def half_an_hour_passes(stack: LocalStack) -> None:
    stack.clock.set(stack.clock.now() + timedelta(minutes=31))
    stack.sweep()


def test_paying_on_the_page_confirms_the_order_once(stack: LocalStack, name: str) -> None:
    item = cash_item(stack)
    order = order_for_cash(stack, name, item)
    assert (order["status"], order["points"], order["cash"]) == ("pending_payment", 60, "6.50")
    assert order["allowed_actions"] == ["pay", "cancel", "change_delivery"]
    assert (balance(stack, name)["held"], stock_of(stack, item)) == (60, 4)
    assert "6.50 CNY" in httpx.get(page_of(stack, name, order)).text
    with misbehaving(stack, repeats=2):
        pay(stack, name, order)
        confirmed = reaches(stack.http(name), path_of(order), "confirmed")
    stack.settle()
    assert confirmed["payment"]["state"] == "paid"
    assert kinds_of(stack, name) == ["capture", "earn", "hold"]
    assert (balance(stack, name)["available"], balance(stack, name)["held"]) == (40, 0)
    titles = [m["event"] for m in stack.http(name).get("/v1/me/messages").json()["items"]]
    assert {"RedemptionPaymentDue", "RedemptionConfirmed"} <= set(titles)


@pytest.mark.parametrize("knob", [{"lost_callbacks": 1}, {"forged": True}])
def test_money_that_nobody_tells_of_is_found_when_time_is_up(
    stack: LocalStack, name: str, knob: dict[str, object]
) -> None:
    order = order_for_cash(stack, name, cash_item(stack))
    with misbehaving(stack, **knob):
        pay(stack, name, order)
        half_an_hour_passes(stack)
    assert reaches(stack.http(name), path_of(order), "confirmed")["payment"]["state"] == "paid"


def test_late_money_goes_back_by_itself(stack: LocalStack, name: str) -> None:
    item = cash_item(stack)
    order = order_for_cash(stack, name, item, 1)
    page = page_of(stack, name, order)
    half_an_hour_passes(stack)
    reaches(stack.http(name), path_of(order), "payment_expired")
    assert (balance(stack, name)["available"], stock_of(stack, item)) == (100, 5)
    with misbehaving(stack, late_seconds=0.5, repeats=1):
        httpx.post(page).raise_for_status()
        ended = comes_back(stack, name, order)
    assert ended["status"] == "payment_expired"
    assert balance(stack, name)["available"] == 100


def test_a_wrong_amount_confirms_nothing_and_goes_back(stack: LocalStack, name: str) -> None:
    order = order_for_cash(stack, name, cash_item(stack))
    with misbehaving(stack, wrong_amount="0.01"):
        pay(stack, name, order)
    half_an_hour_passes(stack)
    assert comes_back(stack, name, order)["status"] == "payment_expired"


def test_a_paid_order_that_is_cancelled_gives_everything_back(stack: LocalStack, name: str) -> None:
    item = cash_item(stack)
    order = order_for_cash(stack, name, item)
    pay(stack, name, order)
    reaches(stack.http(name), path_of(order), "confirmed")
    with misbehaving(stack, lost_replies=1):
        post(stack.http(name), f"{path_of(order)}/cancel").raise_for_status()
        comes_back(stack, name, order)
    assert (balance(stack, name)["available"], stock_of(stack, item)) == (100, 5)


def test_a_review_enters_four_states_and_the_money_comes_after(
    stack: LocalStack, name: str
) -> None:
    order = order_for_cash(stack, name, cash_item(stack, review="always"))
    assert order["status"] == "pending_review"
    machine = stack.facts.state_machines["ReviewStateMachine"]
    execution = machine.replace(":stateMachine:", ":execution:") + f":{order['redemption_id']}"
    word = {"decision": "approve", "reason": "A good customer."}
    post(stack.http("reviewer"), f"/v1/admin{path_of(order)[3:]}/decision", word).raise_for_status()
    reaches(stack.http(name), path_of(order), "pending_payment")
    pay(stack, name, order)
    reaches(stack.http(name), path_of(order), "confirmed")
    history = stack.aws.stepfunctions.get_execution_history(executionArn=execution)["events"]
    entered = [event for event in history if event["type"].endswith("StateEntered")]
    assert len(entered) <= 4
