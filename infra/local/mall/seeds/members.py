"""The members' first visit, which makes them members, and lin's account at the shop."""

from mall.api_client import client
from mall.errors import MallError
from mall.seeds.people import MEMBERS
from mall.signing_in import access_token
from mall.stack_file import Stack

SHOPIFY_CUSTOMER = "7001001"


def join(stack: Stack) -> Stack:
    """Let the members come for the first time, and link lin to a customer of the shop.

    Raises:
        MallError: the mall refused one of them.
    """
    users = dict(stack.users)
    for name in MEMBERS:
        with client(stack.api, access_token(stack, name)) as http:
            answer = http.get("/v1/me")
        if not answer.is_success:
            raise MallError(f"GET /v1/me as {name} answered {answer.status_code}: {answer.text}")
        users[name] = users[name].model_copy(update={"member_id": answer.json()["member_id"]})
    member_id = users["lin"].member_id or ""
    _link(stack, member_id)
    links = {"shopify": {SHOPIFY_CUSTOMER: member_id}}
    return stack.model_copy(update={"users": users, "links": links})


def _link(stack: Stack, member_id: str) -> None:
    path = f"/v1/admin/members/{member_id}/links"
    with client(stack.api, access_token(stack, "admin")) as http:
        answer = http.post(
            path,
            json={"source": "shopify", "customer_id": SHOPIFY_CUSTOMER},
            headers={"Idempotency-Key": f"seed-link-{SHOPIFY_CUSTOMER}"},
        )
    if not answer.is_success:
        raise MallError(f"POST {path} answered {answer.status_code}: {answer.text}")
