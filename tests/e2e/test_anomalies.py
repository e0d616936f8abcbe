"""From what a member does to a case, a decision, and an account that is frozen."""

from collections.abc import Iterator
from typing import Any

import pytest

from stack import LocalStack, eventually
from support.visits import earn, post

pytestmark = pytest.mark.stack

PROGRAMME = "/v1/admin/programme"


@pytest.fixture
def strict(stack: LocalStack) -> Iterator[None]:
    """Three purchases in an hour look wrong, for as long as the test runs."""
    admin = stack.http("admin")
    live = admin.get(PROGRAMME).raise_for_status().json()
    draft = {**live["programme"], "anomalies": {"velocity": {"per_hour": 2}}}
    word = {"expected_version": live["version"], "reason": "To see something wrong."}
    published = post(admin, f"{PROGRAMME}/publish", {"draft": draft, **word}).raise_for_status()
    assert published.json()["version"] > live["version"]
    yield
    back = {"version": live["version"], "reason": "As it was."}
    post(admin, f"{PROGRAMME}/rollback", back).raise_for_status()


def cases_of(stack: LocalStack, member_id: str) -> list[dict[str, Any]]:
    answer = stack.http("auditor").get("/v1/admin/anomalies", params={"limit": 100})
    items = answer.raise_for_status().json()["items"]
    return [case for case in items if member_id in case["members"]]


@pytest.mark.usefixtures("strict")
def test_what_looks_wrong_is_found_decided_and_frozen(stack: LocalStack) -> None:
    name = stack.new_member()
    member_id = stack.member_id(name)
    for _ in range(3):
        earn(stack, name, 10)

    def found() -> dict[str, Any]:
        (case,) = cases_of(stack, member_id)
        return case

    case = eventually(found)
    assert (case["kind"], case["facts"]["rule"], case["facts"]["times"]) == (
        "velocity",
        "purchase",
        3,
    )
    path = f"/v1/admin/anomalies/{case['anomaly_id']}/decision"
    word = {"decision": "freeze", "reason": "Nobody buys three times an hour."}
    assert post(stack.http("operator"), path, word).status_code == 403
    decided = post(stack.http("reviewer"), path, word).raise_for_status().json()

    assert decided["status"] == "confirmed"
    member = stack.http("auditor").get(f"/v1/admin/members/{member_id}").raise_for_status()
    assert member.json()["frozen_at"] is not None
    assert cases_of(stack, member_id) == []
