"""Every door of the deployed API, from the outside: no token, a wrong role, another member's id.

`house/test_doors.py` tries the functions alone, with more kinds of callers; here the gateway's
authorizer, its routes and real tokens stand before them.
"""

import re

import httpx
import pytest

from house.doors import Door, every_door
from stack import LocalStack, fresh_key
from support.visits import member_with, outcome, post, put_on_shelf, reaches, redeem

pytestmark = pytest.mark.stack

OPERATORS = frozenset({"admin", "operator", "reviewer", "auditor"})
DOORS = every_door()
PROTECTED = [door for door in DOORS if door.roles]
OF_OPERATORS = [door for door in PROTECTED if "member" not in door.roles]
OF_REDEMPTIONS = [
    door for door in PROTECTED if "member" in door.roles and "{redemption_id}" in door.path
]


def knock(http: httpx.Client, door: Door, **ids: str) -> httpx.Response:
    """Call an operation with an empty form; ids that are not given are made up."""
    path = re.sub(r"{(\w+)}", lambda hole: ids.get(hole[1], "nothing"), door.path)
    has_body = door.method in {"POST", "PUT", "PATCH"}
    headers = {"Idempotency-Key": fresh_key()}
    return http.request(door.method, path, json={} if has_body else None, headers=headers)


def test_no_protected_door_opens_without_a_token(stack: LocalStack) -> None:
    assert len(PROTECTED) > 25
    answered = {door.name: knock(stack.http(), door).status_code for door in PROTECTED}
    assert set(answered.values()) == {401}, answered


def test_no_protected_door_opens_with_a_token_that_somebody_has_changed(stack: LocalStack) -> None:
    token = stack.http("lin").auth
    assert token
    signed = next(token.auth_flow(httpx.Request("GET", stack.facts.api))).headers["Authorization"]
    head, claims, signature = signed.split(".")
    forged = f"{head}.{claims}.{signature[::-1]}"
    with httpx.Client(base_url=stack.facts.api, headers={"Authorization": forged}) as http:
        answered = {door.name: knock(http, door).status_code for door in PROTECTED}
    assert set(answered.values()) == {401}, answered


def test_what_is_public_asks_nobody_for_a_token(stack: LocalStack) -> None:
    public = [door for door in DOORS if not door.roles and door.method == "GET"]
    assert public
    for door in public:
        assert knock(stack.http(), door).status_code in {200, 404}, door.name


@pytest.mark.parametrize("door", OF_OPERATORS, ids=[door.name for door in OF_OPERATORS])
def test_an_operators_door_stays_shut_for_members_and_wrong_roles(
    stack: LocalStack, door: Door
) -> None:
    wrong = {"lin", *OPERATORS - door.roles}
    answered = {who: outcome(knock(stack.http(who), door)) for who in sorted(wrong)}
    assert set(answered.values()) == {"forbidden"}, answered
    role = min(door.roles)
    right = knock(stack.http("shop" if role == "merchant" else role), door)
    assert right.status_code not in {401, 403}, right.text


def test_another_members_redemption_is_not_there(stack: LocalStack) -> None:
    owner, other = member_with(stack, 100), stack.new_member()
    item = put_on_shelf(stack, kind="virtual", stock=0)
    path = f"/v1/admin/items/{item}/codes"
    post(stack.http("operator"), path, {"codes": ["SECRET"]}).raise_for_status()
    order = redeem(stack.http(owner), item, kind="virtual").raise_for_status().json()
    mine = f"/v1/redemptions/{order['redemption_id']}"
    done = reaches(stack.http(owner), mine, "completed")
    ids = {"redemption_id": order["redemption_id"], "code_id": done["codes"][0]["code_id"]}

    assert len(OF_REDEMPTIONS) >= 5
    for door in OF_REDEMPTIONS:
        stolen = knock(stack.http(other), door, **ids)
        assert (stolen.status_code, outcome(stolen)) == (404, "not-found"), door.name
    assert stack.http(other).get("/v1/redemptions").json()["items"] == []
    own = stack.http(other).get("/v1/me/points/entries").json()["items"]
    assert [entry["reason"] for entry in own] == ["welcome"]
    assert stack.http(owner).get(mine).json() == done
    revealed = stack.http(owner).post(f"{mine}/codes/{ids['code_id']}/reveal")
    assert revealed.json()["code"] == "SECRET"
