"""Reviews on the deployed state machine: run out of time, lost, decided by many, raced."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import Any

import httpx
import pytest

from mall.api_client import client
from mall.seeds.people import create_user
from mall.signing_in import token_for
from stack import LocalStack, eventually, fresh_key
from support.visits import (
    Ask,
    at_once,
    balance,
    earn,
    member_with,
    outcome,
    persistently,
    post,
    put_on_shelf,
    reaches,
    redeem,
    stock_of,
)

pytestmark = pytest.mark.stack

FOUR_EYES_ABOVE = 100_000


@dataclass
class Review:
    """One order that waits for a reviewer."""

    stack: LocalStack
    member: str
    item: str
    redemption_id: str

    @property
    def path(self) -> str:
        """Where its owner sees it."""
        return f"/v1/redemptions/{self.redemption_id}"

    def decide(
        self, verdict: str = "approve", http: httpx.Client | None = None, key: str | None = None
    ) -> httpx.Response:
        """Say a reviewer's word."""
        word = {"decision": verdict, "reason": "As the rules have it."}
        return post(
            http or self.stack.http("reviewer"),
            f"/v1/admin/redemptions/{self.redemption_id}/decision",
            word,
            key,
        )

    def cancel(self, key: str | None = None) -> httpx.Response:
        """Let its owner cancel it."""
        return post(self.stack.http(self.member), f"{self.path}/cancel", key=key)

    def reaches(self, status: str) -> dict[str, Any]:
        """Wait for a status."""
        return reaches(self.stack.http(self.member), self.path, status)

    def shown(self) -> dict[str, Any]:
        """As its reviewers see it."""
        found: dict[str, Any] = (
            self.stack.http("reviewer").get(f"/v1/admin/redemptions/{self.redemption_id}").json()
        )
        return found

    def is_awaited(self) -> str:
        """Wait until its execution waits for a person, and return the execution's ARN."""
        machines = self.stack.facts.state_machines["ReviewStateMachine"]
        arn = f"{machines.replace(':stateMachine:', ':execution:')}:{self.redemption_id}"
        machine = self.stack.aws.stepfunctions

        def waits() -> str:
            row = self.stack.aws.dynamodb.get_item(
                TableName=self.stack.facts.tables["OrdersTable"],
                Key={"pk": {"S": f"redemption#{self.redemption_id}"}, "sk": {"S": "order"}},
            )["Item"]
            assert "task_token" in str(row)
            assert machine.describe_execution(executionArn=arn)["status"] == "RUNNING"
            return arn

        return eventually(waits)

    def books(self) -> tuple[int, int, int]:
        """Points available and held, and pieces in stock."""
        points = balance(self.stack, self.member)
        return points["available"], points["held"], stock_of(self.stack, self.item)


def order(stack: LocalStack, points: int = 100, member: str | None = None) -> Review:
    """Let somebody with twice the points ask for what is always reviewed."""
    name = member or member_with(stack, 2 * points)
    item = put_on_shelf(stack, points=points, review="always")
    answer = persistently(partial(redeem, stack.http(name), item, fresh_key()))
    assert answer.json()["status"] == "pending_review", answer.text
    return Review(stack, name, item, answer.json()["redemption_id"])


@pytest.fixture
def review(stack: LocalStack) -> Review:
    """An order of 100 points by a member who had 200, one of five pieces."""
    return order(stack)


@pytest.fixture(scope="module")
def ten_reviewers(running_stack: LocalStack) -> Iterator[list[httpx.Client]]:
    """Ten people who may decide."""
    facts = running_stack.facts
    people = [
        create_user(running_stack.aws, facts.user_pool, fresh_key(), role="reviewer")
        for _ in range(10)
    ]
    clients = [client(facts.api, token_for(facts, who.email, who.password)) for who in people]
    yield clients
    for http in clients:
        http.close()


def test_what_nobody_decides_in_time_goes_back(stack: LocalStack, review: Review) -> None:
    review.is_awaited()
    assert review.books() == (100, 100, 4)
    stack.clock.set(stack.clock.now() + timedelta(hours=73))
    stack.sweep()
    review.reaches("review_expired")
    assert review.books() == (200, 0, 5)
    assert outcome(review.decide()) == "already-decided"


def test_a_decision_survives_the_loss_of_its_execution(stack: LocalStack, review: Review) -> None:
    stack.aws.stepfunctions.stop_execution(executionArn=review.is_awaited())
    assert review.decide().is_success
    stack.settle()
    assert review.shown()["status"] == "pending_review"
    stack.clock.set(stack.clock.now() + timedelta(minutes=11))
    stack.sweep()
    review.reaches("confirmed")
    assert review.books() == (100, 0, 4)


def test_an_order_whose_execution_is_lost_still_runs_out_of_time(
    stack: LocalStack, review: Review
) -> None:
    stack.aws.stepfunctions.stop_execution(executionArn=review.is_awaited())
    stack.clock.set(stack.clock.now() + timedelta(hours=73))
    stack.sweep()
    review.reaches("review_expired")
    assert review.books() == (200, 0, 5)


def test_of_ten_reviewers_at_once_one_decides(
    review: Review, ten_reviewers: list[httpx.Client]
) -> None:
    asks: list[Ask] = [partial(review.decide, http=http, key=fresh_key()) for http in ten_reviewers]
    answers = at_once(asks, threads=10)
    assert Counter(map(outcome, answers)) == {"200": 1, "already-decided": 9}
    review.reaches("confirmed")
    assert len(review.shown()["decisions"]) == 1
    assert review.books() == (100, 0, 4)


def test_of_ten_reviewers_at_once_two_decide_what_takes_four_eyes(
    stack: LocalStack, ten_reviewers: list[httpx.Client]
) -> None:
    review = order(stack, points=FOUR_EYES_ABOVE + 1)
    asks: list[Ask] = [partial(review.decide, http=http, key=fresh_key()) for http in ten_reviewers]
    answers = at_once(asks, threads=10)
    assert Counter(map(outcome, answers)) == {"200": 2, "already-decided": 8}
    approvals = sorted(answer.json()["approvals"] for answer in answers if answer.is_success)
    assert approvals == [1, 2]
    review.reaches("confirmed")
    assert len({word["decided_by"] for word in review.shown()["decisions"]}) == 2


def test_one_word_said_ten_times_at_once_is_one_word(review: Review) -> None:
    key = fresh_key()
    answers = at_once([partial(review.decide, key=key)] * 10, threads=10)
    assert Counter(map(outcome, answers)) == {"200": 10}
    assert len(review.shown()["decisions"]) == 1


def test_an_order_that_is_cancelled_while_it_is_approved_ends_in_one_way(
    stack: LocalStack,
) -> None:
    member = member_with(stack, 1_000)
    for _ in range(5):
        had = balance(stack, member)["available"]
        review = order(stack, member=member)
        review.is_awaited()
        approved, cancelled = at_once(
            [partial(review.decide, key=fresh_key()), partial(review.cancel, fresh_key())], 2
        )
        if cancelled.is_success:
            review.reaches("cancelled")
            stack.settle()
            assert review.books() == (had, 0, 5)
        else:
            assert (outcome(approved), outcome(cancelled)) == ("200", "not-allowed-now")
            review.reaches("confirmed")
            assert review.books() == (had - 100, 0, 4)


def test_a_member_who_reviews_does_not_decide_what_is_their_own(stack: LocalStack) -> None:
    name = stack.new_member()
    user = stack.facts.users[name]
    stack.aws.cognito.admin_add_user_to_group(
        UserPoolId=stack.facts.user_pool.id, Username=user.email, GroupName="reviewer"
    )
    with client(stack.facts.api, token_for(stack.facts, user.email, user.password)) as both:
        earn(stack, name, 200)
        review = order(stack, member=name)
        assert outcome(review.decide(http=both)) == "forbidden"
    assert review.shown()["decisions"] == []
