"""Paying at the sandbox provider of a stack, which may be told to misbehave."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

import httpx

from mall.sandbox.payments_state import Knobs
from mall.stack_file import PaymentProvider
from stack import LocalStack
from support.counter import ADDRESS
from support.visits import post, put_on_shelf

OPTIONS = [{"option": "points_cash", "points": 60, "cash": "6.50", "currency": "CNY"}]


def provider(stack: LocalStack) -> PaymentProvider:
    """Return the stack's payment provider."""
    return stack.facts.payments["sandbox"]


def ask(stack: LocalStack, method: str, path: str, body: object = None) -> Any:
    """Ask the provider something, as the mall does."""
    known = provider(stack)
    headers = {"authorization": f"Bearer {known.api_key}"}
    answer = httpx.request(method, f"{known.url}{path}", json=body, headers=headers)
    return answer.raise_for_status().json()


@contextmanager
def misbehaving(stack: LocalStack, **knobs: object) -> Iterator[None]:
    """Turn the provider's knobs for a while."""
    ask(stack, "PUT", "/knobs", knobs)
    yield
    ask(stack, "PUT", "/knobs", asdict(Knobs()))


def cash_item(stack: LocalStack, **changes: Any) -> str:
    """Put a parcel on the shelf for 100 points, or for 60 and 6.50 yuan."""
    return put_on_shelf(stack, options=OPTIONS, **changes)


def order_for_cash(stack: LocalStack, name: str, item_id: str, quantity: int = 1) -> dict[str, Any]:
    """Order pieces of it for points and money."""
    order = {
        "item_id": item_id,
        "quantity": quantity,
        "option": "points_cash",
        "expected_cash": f"{6.5 * quantity:.2f}",
        "delivery": ADDRESS,
    }
    ordered = post(stack.http(name), "/v1/redemptions", order)
    assert ordered.status_code == 201, ordered.text
    made: dict[str, Any] = ordered.json()
    return made


def page_of(stack: LocalStack, name: str, order: dict[str, Any]) -> str:
    """Ask for the page on which an order is paid."""
    opened = post(stack.http(name), f"/v1/redemptions/{order['redemption_id']}/payments")
    assert opened.status_code == 201, opened.text
    return str(opened.json()["url"])


def pay(stack: LocalStack, name: str, order: dict[str, Any]) -> None:
    """Pay an order on its page."""
    httpx.post(page_of(stack, name, order)).raise_for_status()
