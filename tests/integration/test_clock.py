"""The stack's clock travels; what guards its doors goes by real time, and so does production."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from stack import LocalStack, fresh_key
from support.visits import balance, earn, member_with, outcome, put_on_shelf, redeem

pytestmark = pytest.mark.stack

A_YEAR = timedelta(days=365)


@contextmanager
def staged(stack: LocalStack, function: str, stage: str) -> Iterator[None]:
    """Let one function of the stack believe for a while that it serves another stage."""
    functions, name = stack.aws.functions, stack.facts.functions[function]
    told = functions.get_function_configuration(FunctionName=name)["Environment"]["Variables"]

    def tell(variables: dict[str, str]) -> None:
        functions.update_function_configuration(
            FunctionName=name, Environment={"Variables": variables}
        )

    tell({**told, "STAGE": stage})
    try:
        yield
    finally:
        tell(dict(told))


def joined_at(stack: LocalStack) -> datetime:
    newcomer = stack.new_member()
    me = stack.http(newcomer).get("/v1/me").raise_for_status().json()
    return datetime.fromisoformat(me["joined_at"])


def test_a_function_that_serves_real_members_does_not_travel(stack: LocalStack) -> None:
    stack.clock.set(datetime.now(UTC) + A_YEAR)
    assert joined_at(stack) - datetime.now(UTC) > A_YEAR - timedelta(minutes=1)
    with staged(stack, "MemberApiFunction", "prod"):
        assert abs(joined_at(stack) - datetime.now(UTC)) < timedelta(minutes=1)


def test_signatures_of_webhooks_go_by_real_time(stack: LocalStack) -> None:
    name = stack.new_member()
    stack.clock.set(datetime.now(UTC) + A_YEAR)
    earn(stack, name, 10)
    news = {"type": "order.cancelled", "timestamp": "", "data": {"order_id": uuid4().hex}}
    late = stack.post_webhook("standard", news, sent_at=stack.clock.now())
    assert (late.status_code, outcome(late)) == (401, "stale-timestamp")


def test_tokens_go_by_real_time(stack: LocalStack) -> None:
    name = stack.new_member()
    stack.clock.set(datetime.now(UTC) + 10 * A_YEAR)
    assert stack.http(name).get("/v1/me").is_success


def test_points_lapse_by_the_clock_that_travels(stack: LocalStack) -> None:
    name = member_with(stack, 300)
    (lot,) = balance(stack, name)["lots"]
    day = datetime.fromisoformat(f"{lot['expires_on']}T00:00:00+08:00")
    item = put_on_shelf(stack)

    stack.clock.set(day + timedelta(days=1, seconds=-30))
    assert balance(stack, name)["available"] == 300
    stack.clock.set(day + timedelta(days=1))
    assert balance(stack, name)["available"] == 0
    assert outcome(redeem(stack.http(name), item, fresh_key())) == "insufficient-points"
