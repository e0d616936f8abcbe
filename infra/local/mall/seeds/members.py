"""The members' first visit, which makes them members, and lin's account at the shop."""

from typing import Any

import httpx

from mall.api_client import client
from mall.errors import MallError
from mall.signing_in import access_token
from mall.stack_file import Stack

SHOPIFY_CUSTOMER = "7001001"
PROFILES = {
    "lin": {"display_name": "林小满", "language": "zh"},
    "wang": {"display_name": "Wang Yue", "language": "en"},
}


def join(stack: Stack) -> Stack:
    """Let the members come for the first time, and link lin to a customer of the shop.

    Raises:
        MallError: the mall refused one of them.
    """
    users = dict(stack.users)
    for name, profile in PROFILES.items():
        with client(stack.api, access_token(stack, name)) as http:
            me = _checked(http.get("/v1/me"))
            if me["display_name"] is None:
                mine = {**profile, "email": users[name].email}
                _checked(http.patch("/v1/me", json=mine))
        users[name] = users[name].model_copy(update={"member_id": me["member_id"]})
    member_id = users["lin"].member_id or ""
    _link(stack, member_id)
    links = {"shopify": {SHOPIFY_CUSTOMER: member_id}}
    return stack.model_copy(update={"users": users, "links": links})


def _link(stack: Stack, member_id: str) -> None:
    with client(stack.api, access_token(stack, "admin")) as http:
        linked = http.post(
            f"/v1/admin/members/{member_id}/links",
            json={"source": "shopify", "customer_id": SHOPIFY_CUSTOMER},
            headers={"Idempotency-Key": f"seed-link-{SHOPIFY_CUSTOMER}"},
        )
    _checked(linked)


def _checked(answer: httpx.Response) -> dict[str, Any]:
    if not answer.is_success:
        request = answer.request
        raise MallError(
            f"{request.method} {request.url.path} answered {answer.status_code}: {answer.text}"
        )
    found: dict[str, Any] = answer.json()
    return found
