"""Every function works with its rights, and fails without any one of those that it is tried for.

All tests run on a stack that enforces the roles, so whatever works there works with them.
"""

import pytest

from integration.roles.deeds import NEEDS, Visitor, a_member_redeems
from mall.template import FUNCTION, resources_of
from support.roles import Roles
from support.tables import TEMPLATE
from support.visits import balance

pytestmark = pytest.mark.stack

WOKEN_BY_EVENTS = ("QueueFunction", "RelayFunction")


def test_every_function_is_tried() -> None:
    assert set(NEEDS) == set(resources_of(TEMPLATE, FUNCTION))


@pytest.mark.parametrize("function", NEEDS)
def test_a_function_works_with_its_rights_and_not_without_one_of_them(
    roles: Roles, visitor: Visitor, function: str
) -> None:
    need = NEEDS[function]
    table = visitor.stack.facts.tables.get(need.resource, need.resource)
    assert need.act(visitor)
    if function.endswith(WOKEN_BY_EVENTS):
        visitor.stack.settle()  # what failed for want of the right would come back after minutes
    with roles.without(function, need.action, table):
        assert not need.act(visitor)
    assert need.act(visitor)


def test_an_act_without_its_right_leaves_nothing_half_done(roles: Roles, visitor: Visitor) -> None:
    stack = visitor.stack
    before = balance(stack, visitor.name)
    with roles.without("RedeemApiFunction", "dynamodb:PutItem", stack.facts.tables["LedgerTable"]):
        assert not a_member_redeems(visitor)
    assert balance(stack, visitor.name) == before
