"""What people do at the mall over HTTP, each in one line."""

import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx

from stack import LocalStack, eventually, fresh_key
from support.counter import ADDRESS

NOT_NOW = {429, 502, 503, 504}
PATIENCE = 60
Ask = Callable[[], httpx.Response]


def earn(stack: LocalStack, name: str, points: int) -> None:
    """Let a member buy for as many yuan as points are wanted."""
    told = try_to_earn(stack, name, points).raise_for_status().json()
    assert (told["status"], told["points"]) == ("credited", points), told


def try_to_earn(stack: LocalStack, name: str, points: int) -> httpx.Response:
    """Let the shop tell of that purchase."""
    now = datetime.now(UTC).isoformat()
    line = {"sku": "S1", "category": "tea", "quantity": 1, "amount": f"{points}.00"}
    data = {
        "order_id": f"T-{uuid4().hex}",
        "member_id": stack.member_id(name),
        "currency": "CNY",
        "lines": [line],
        "paid_at": now,
    }
    paid = {"type": "order.paid", "timestamp": now, "data": data}
    return stack.post_webhook("standard", paid)


def member_with(stack: LocalStack, points: int) -> str:
    """Make somebody new who has points: the welcome, and what is bought besides."""
    name = stack.new_member()
    missing = points - int(balance(stack, name)["available"])
    if missing:
        earn(stack, name, missing)
    return name


def balance(stack: LocalStack, name: str) -> dict[str, Any]:
    """A member's points."""
    found: dict[str, Any] = stack.http(name).get("/v1/me/points").raise_for_status().json()
    return found


def put_on_shelf(stack: LocalStack, **changes: Any) -> str:
    """Put a parcel of 100 points on the shelf that nobody reviews; return the item's id."""
    plain = {"kind": "physical", "category": "tea", "points": 100, "stock": 5, "review": "never"}
    item = {"name": {"zh": "试品", "en": "Sample"}, **plain, **changes}
    made = post(stack.http("operator"), "/v1/admin/items", item).raise_for_status()
    return str(made.json()["item_id"])


def stock_of(stack: LocalStack, item_id: str) -> int:
    """How many pieces may still be redeemed."""
    item = stack.http("operator").get(f"/v1/admin/items/{item_id}").raise_for_status().json()
    return int(item["stock"])


def redeem(
    http: httpx.Client, item_id: str, key: str | None = None, *, kind: str = "physical"
) -> httpx.Response:
    """Ask for one piece; a parcel goes to an address."""
    order: dict[str, Any] = {"item_id": item_id, "quantity": 1, "option": "points"}
    if kind == "physical":
        order["delivery"] = ADDRESS
    return post(http, "/v1/redemptions", order, key)


def post(
    http: httpx.Client, path: str, body: object = None, key: str | None = None
) -> httpx.Response:
    """Post something with an Idempotency-Key."""
    return http.post(path, json=body or {}, headers={"Idempotency-Key": key or fresh_key()})


def persistently(ask: Ask) -> httpx.Response:
    """Ask again, word for word, while the answer is that now is not the time."""
    for _ in range(PATIENCE):
        answer = ask()
        if answer.status_code not in NOT_NOW:
            break
        time.sleep(float(answer.headers.get("retry-after", "1")))
    return answer


def at_once(asks: Iterable[Ask], threads: int) -> list[httpx.Response]:
    """Ask many things at the same time, each persistently; answers come in the asks' order."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(persistently, asks))


def outcome(answer: httpx.Response) -> str:
    """The slug of a refusal, or the status of what was done."""
    if answer.is_success:
        return str(answer.status_code)
    return str(answer.json()["type"]).rsplit("/", 1)[-1]


def reaches(http: httpx.Client, path: str, status: str) -> dict[str, Any]:
    """Wait until a redemption has come to a status, and return it."""

    def look() -> dict[str, Any]:
        found: dict[str, Any] = http.get(path).raise_for_status().json()
        assert found["status"] == status, found
        return found

    return eventually(look)
