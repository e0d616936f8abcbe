from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from earn.activities.tasks import Completion, complete_task
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Kind
from loyalty.domain.task import TaskProof
from loyalty.joining import member_of
from mall.seeds.activities import TASKS
from support.http import Answer, Http
from unit.earn.activities.conftest import PROGRAMME

PATH, LIN = "/v1/me/tasks", "lin-0001"
SHOP = {"client_id": "shop", "token_use": "access", "scope": "points-mall/tasks"}
KEYS = (f"key-{number:05}" for number in range(10_000))


@pytest.fixture(autouse=True)
def tasks(mall: MemoryMall) -> None:
    mall.programmes.publish(replace(PROGRAMME, version=2, tasks=TASKS))


def complete(http: Http, task_id: str, reference: str | None = None, key: str = "") -> Answer:
    body = {"reference": reference} if reference else {}
    return http.post(f"{PATH}/{task_id}/completions", body, user=LIN, key=key or next(KEYS))


def confirm(
    http: Http, task_id: str, reference: str | None = None, member: str = LIN, **more: Any
) -> Answer:
    """Let the merchant say so."""
    body = {"reference": reference} if reference else {}
    path = f"/v1/members/{member}/tasks/{task_id}/completions"
    return http.post(path, body, **{"claims": SHOP, "key": next(KEYS), **more})


def completion(mall: MemoryMall, task_id: str, reference: str | None = None) -> Completion:
    """What somebody else says of lin at the same moment."""
    word, key = tuple(TaskProof), next(KEYS)
    return Completion(member_of(mall, LIN), task_id, reference, "another device", key, word)


def points(mall: MemoryMall) -> int:
    return mall.accounts.account(LIN).available_on(date(2026, 11, 21))


def test_a_task_gives_its_points_and_names_its_entry(http: Http, mall: MemoryMall) -> None:
    answer = complete(http, "survey")
    assert (answer.status, answer.body) == (
        201,
        {"points": 30, "entry_id": "member:lin-0001/task:survey:once"},
    )
    (entry,) = mall.ledger.statement(LIN).items
    assert (entry.kind, entry.points, entry.reason) == (Kind.EARN, 30, "task")
    assert entry.explanation["task"] == "survey"


def test_a_task_of_once_is_given_once(http: Http, mall: MemoryMall) -> None:
    complete(http, "survey")
    again = complete(http, "survey")
    assert (again.status, again.problem) == (409, "limit-reached")
    assert (again.body["limit"], again.body["period"], again.body["points"]) == (1, "member", 30)
    assert again.body["entry_id"] == "member:lin-0001/task:survey:once"
    assert points(mall) == 30


def test_a_daily_task_is_given_each_day(http: Http, mall: MemoryMall) -> None:
    assert complete(http, "share-link").status == 201
    again = complete(http, "share-link")
    assert (again.problem, again.body["period"]) == ("limit-reached", "day")
    mall.clock.travel(days=1)
    assert complete(http, "share-link").status == 201
    assert points(mall) == 20


def test_the_same_key_gets_the_first_answer_even_the_day_after(
    http: Http, mall: MemoryMall
) -> None:
    first = complete(http, "share-link", key="the-same-key")
    mall.clock.travel(days=1)
    complete(http, "share-link")
    again = complete(http, "share-link", key="the-same-key")
    assert (again.status, again.body) == (201, first.body)
    assert points(mall) == 20


def test_the_same_key_with_another_reference_is_refused(http: Http) -> None:
    assert confirm(http, "review-product", "P1", key="the-same-key").status == 404
    complete(http, "survey")
    assert confirm(http, "review-product", "P1", key="the-same-key").status == 201
    assert confirm(http, "review-product", "P1", key="the-same-key").status == 201
    other = confirm(http, "review-product", "P2", key="the-same-key")
    assert (other.status, other.problem) == (422, "idempotency-key-reused")


def test_each_reference_is_given_once_and_no_more_a_day_than_the_cap(
    http: Http, mall: MemoryMall
) -> None:
    member_of(mall, LIN)
    assert [confirm(http, "review-product", f"P{n}").status for n in range(4)] == [201] * 4
    twice = confirm(http, "review-product", "P3")
    assert (twice.problem, twice.body["period"]) == ("limit-reached", "reference")
    assert confirm(http, "review-product", "P4").status == 201
    capped = confirm(http, "review-product", "P5")
    assert (capped.problem, capped.body["limit"], capped.body["period"]) == (
        "limit-reached",
        5,
        "day",
    )
    mall.clock.travel(days=1)
    assert confirm(http, "review-product", "P5").status == 201
    assert points(mall) == 120


def test_a_cap_of_the_month_ends_with_the_month(http: Http, mall: MemoryMall) -> None:
    member_of(mall, LIN)
    for number in range(2):
        assert confirm(http, "product-trial", f"P{number}").status == 201
    assert confirm(http, "product-trial", "P2").body["period"] == "month"
    mall.clock.travel(days=10)
    assert confirm(http, "product-trial", "P2").status == 201


def test_a_profile_is_complete_or_gives_nothing(http: Http, mall: MemoryMall) -> None:
    answer = complete(http, "complete-profile")
    assert (answer.problem, answer.body["reasons"]) == ("not-eligible", ["profile-incomplete"])
    assert answer.body["missing"] == ["display_name", "birthday", "phone or email"]
    member = member_of(mall, LIN)
    mall._rows.put(
        ("member", LIN),
        replace(member, display_name="林", birthday=date(2000, 2, 29), email="lin@example.com"),
    )
    assert complete(http, "complete-profile").body["points"] == 100


@pytest.mark.parametrize("task_id", ["review-product", "friend-buys"])
def test_a_members_own_word_is_not_enough_where_another_counts(http: Http, task_id: str) -> None:
    answer = complete(http, task_id, "P1")
    assert (answer.status, answer.problem) == (409, "not-eligible")


def test_a_merchants_word_is_for_its_own_tasks_only(http: Http, mall: MemoryMall) -> None:
    member_of(mall, LIN)
    assert confirm(http, "survey").problem == "not-eligible"
    assert confirm(http, "friend-buys", "A1").problem == "not-eligible"


def test_a_merchant_speaks_of_members_only_and_with_the_scope(http: Http) -> None:
    assert confirm(http, "review-product", "P1", member="nobody").problem == "not-found"
    without = {**SHOP, "scope": "points-mall/members"}
    assert confirm(http, "review-product", "P1", claims=without).status == 403
    assert confirm(http, "review-product", "P1", claims=None, user=LIN).status == 403


@pytest.mark.parametrize("reference", [None, "two words", "x" * 65, "with/slash"])
def test_a_task_per_reference_needs_one_that_can_be_kept(
    http: Http, mall: MemoryMall, reference: str | None
) -> None:
    member_of(mall, LIN)
    assert confirm(http, "review-product", reference).status == 422


def test_a_task_that_the_programme_does_not_know_is_not_found(http: Http) -> None:
    assert complete(http, "nothing").problem == "not-found"


def test_a_completion_needs_a_key(http: Http) -> None:
    answer = http.post(f"{PATH}/survey/completions", {}, user=LIN)
    assert answer.problem == "idempotency-key-missing"


def test_an_answer_that_is_lost_is_told_by_the_same_key(http: Http, mall: MemoryMall) -> None:
    member_of(mall, LIN)
    mall.store.lose_next_reply()
    assert complete(http, "survey", key="the-same-key").status == 503
    assert complete(http, "survey", key="the-same-key").status == 201
    assert points(mall) == 30


def test_two_calls_at_once_give_once(http: Http, mall: MemoryMall) -> None:
    member_of(mall, LIN)
    mall.store.before_next_commit(lambda: complete_task(mall, completion(mall, "survey")))
    assert complete(http, "survey").problem == "limit-reached"
    assert points(mall) == 30


def test_a_cap_is_not_passed_by_two_references_at_once(http: Http, mall: MemoryMall) -> None:
    member_of(mall, LIN)
    first = completion(mall, "join-activity", "A1")
    mall.store.before_next_commit(lambda: complete_task(mall, first))
    assert confirm(http, "join-activity", "A2").body["period"] == "day"
    assert points(mall) == 15


def test_the_list_tells_what_is_open_and_what_is_done_in_the_callers_language(http: Http) -> None:
    complete(http, "survey")
    complete(http, "share-link")
    listed = http.get(PATH, user=LIN, headers={"Accept-Language": "en"}).body
    by_id = {item["task_id"]: item for item in listed["items"]}
    assert list(by_id) == [task.id for task in TASKS]
    assert listed["next_cursor"] is None
    assert by_id["survey"] == {
        "task_id": "survey",
        "name": "Answer a survey",
        "points": 30,
        "kind": "once",
        "proof": "member",
        "per_day": None,
        "per_month": None,
        "total": 1,
        "done": 1,
        "is_open": False,
        "closed_by": "member",
    }
    assert (by_id["share-link"]["closed_by"], by_id["review-product"]["is_open"]) == ("day", True)
    assert http.get(PATH, user=LIN).body["items"][4]["name"] == "填写问卷"
