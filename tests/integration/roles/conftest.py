"""The roles of the running stack, and somebody for whom its functions work."""

import pytest

from integration.roles.deeds import Visitor
from stack import LocalStack
from support.roles import Roles
from support.visits import member_with, put_on_shelf, redeem


@pytest.fixture(scope="module")
def roles(running_stack: LocalStack) -> Roles:
    return Roles(running_stack)


@pytest.fixture(scope="module")
def visitor(running_stack: LocalStack) -> Visitor:
    """A member with points, an e-mail address, and an order that waits for a reviewer."""
    stack, name = running_stack, member_with(running_stack, 10_000)
    profile = {"email": stack.facts.users[name].email}
    stack.http(name).patch("/v1/me", json=profile).raise_for_status()
    order = redeem(stack.http(name), put_on_shelf(stack, review="always")).raise_for_status()
    item = put_on_shelf(stack, kind="virtual", stock=0)
    return Visitor(stack, name, item, order.json()["redemption_id"])
