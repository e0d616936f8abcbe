"""A large adjustment waits for a second person, who is neither its author nor the member."""

from typing import Any

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account
from loyalty.domain.audit import Operator
from loyalty.domain.redemption import Verdict
from loyalty.domain.writes import ChangeAccount
from member.approving import Word, decide_adjustment
from support.books import account_of, entries_of_member
from support.http import Answer, Http
from support.shop import Shop

LIN, AUTHOR, REVIEWER = "lin", "operator-1", "reviewer-1"
LIMIT = 100_000
MUCH = LIMIT + 1


@pytest.fixture(autouse=True)
def lin(http: Http) -> None:
    http.get("/v1/me", user=LIN)


def ask(
    http: Http, points: int = MUCH, key: str = "key-00001", by: str = AUTHOR, **more: Any
) -> Answer:
    body = {"points": points, "reason": "a migration", **more}
    path = f"/v1/admin/members/{LIN}/adjustments"
    return http.post(path, body, user=by, groups=["admin"], key=key)


def decide(
    http: Http,
    adjustment_id: str,
    decision: str = "approve",
    by: str = REVIEWER,
    key: str = "key-00001",
    reason: str = "checked",
    group: str = "reviewer",
) -> Answer:
    path = f"/v1/admin/adjustments/{adjustment_id}/decision"
    body = {"decision": decision, "reason": reason}
    return http.post(path, body, user=by, groups=[group], key=key)


def listed(http: Http, status: str = "pending") -> list[str]:
    path = f"/v1/admin/adjustments?status={status}"
    found = http.get(path, user="a", groups=["auditor"])
    assert found.status == 200
    return [one["adjustment_id"] for one in found.body["items"]]


@pytest.mark.parametrize("points", [LIMIT, -1])
def test_up_to_the_limit_nobody_waits(http: Http, points: int) -> None:
    ask(http, 10, "key-00000")
    assert ask(http, points).status == 201
    assert listed(http) == []


def test_above_the_limit_nothing_is_done_until_a_second_person_says_yes(
    http: Http, mall: MemoryMall
) -> None:
    waits = ask(http)
    assert waits.status == 202
    assert waits.body["status"] == "pending_approval"
    assert (waits.body["points"], waits.body["requested_by"]) == (MUCH, AUTHOR)
    adjustment_id = waits.body["adjustment_id"]
    assert listed(http) == [adjustment_id]
    assert not entries_of_member(mall)
    mall.clock.travel(hours=1)

    decided = decide(http, adjustment_id)

    assert (decided.status, decided.body["status"]) == (200, "approved")
    assert decided.body["decided_by"] == REVIEWER
    (entry,) = entries_of_member(mall)
    assert entry.points == MUCH
    assert entry.actor == f"operator:{AUTHOR}"
    assert entry.explanation["approved_by"] == REVIEWER
    assert (listed(http), listed(http, "approved")) == ([], [adjustment_id])
    assert [(r.act, r.actor) for r in mall.audit] == [
        ("member.adjust", AUTHOR),
        ("adjustment.decide", REVIEWER),
    ]


def test_what_is_rejected_is_never_done(http: Http, mall: MemoryMall) -> None:
    adjustment_id = ask(http).body["adjustment_id"]
    assert decide(http, adjustment_id, "reject").body["status"] == "rejected"
    again = decide(http, adjustment_id, "approve", key="key-00002")
    assert (again.status, again.problem) == (409, "already-decided")
    assert not entries_of_member(mall)
    assert listed(http, "rejected") == [adjustment_id]


def test_taking_many_points_away_waits_too_and_goes_on_waiting_while_there_are_too_few(
    http: Http, mall: MemoryMall
) -> None:
    adjustment_id = ask(http, -MUCH).body["adjustment_id"]
    refused = decide(http, adjustment_id)
    assert (refused.status, refused.problem) == (409, "insufficient-points")
    assert listed(http) == [adjustment_id]

    ask(http, LIMIT, "key-00002")
    ask(http, 10, "key-00003")
    assert decide(http, adjustment_id).status == 200
    assert sum(account_of(mall).lots.values()) == LIMIT + 10 - MUCH


def test_nobody_approves_what_they_asked_for_or_what_is_their_own(http: Http) -> None:
    adjustment_id = ask(http).body["adjustment_id"]
    for who in (AUTHOR, LIN):
        refused = decide(http, adjustment_id, by=who)
        assert (refused.status, refused.problem) == (403, "forbidden")
    assert listed(http) == [adjustment_id]


@pytest.mark.parametrize("group", ["operator", "auditor"])
def test_only_reviewers_and_admins_decide(http: Http, group: str) -> None:
    assert decide(http, ask(http).body["adjustment_id"], group=group).status == 403


def test_a_request_asked_twice_is_one_request(http: Http, mall: MemoryMall) -> None:
    first = ask(http)
    mall.clock.travel(hours=1)
    again = ask(http)
    assert (again.status, again.body) == (202, first.body)
    other = ask(http, MUCH + 1)
    assert (other.status, other.problem) == (422, "idempotency-key-reused")
    assert len(listed(http)) == 1


def test_a_decision_said_twice_is_one_decision(http: Http, mall: MemoryMall) -> None:
    adjustment_id = ask(http).body["adjustment_id"]
    first, again = decide(http, adjustment_id), decide(http, adjustment_id)
    assert (again.status, again.body) == (200, first.body)
    other = decide(http, adjustment_id, "reject")
    assert (other.status, other.problem) == (422, "idempotency-key-reused")
    assert len(entries_of_member(mall)) == 1


def test_two_reviewers_at_once_decide_once(http: Http, mall: MemoryMall) -> None:
    adjustment_id = ask(http).body["adjustment_id"]
    other, word = Operator("reviewer-2", "reviewer", "r-2"), Word(Verdict.REJECT, "no", "key-00002")
    mall.store.before_next_commit(lambda: decide_adjustment(mall, other, adjustment_id, word))
    refused = decide(http, adjustment_id)
    assert (refused.status, refused.problem) == (409, "already-decided")
    assert not entries_of_member(mall)


def test_an_answer_that_was_lost_is_found_again(http: Http, mall: MemoryMall) -> None:
    adjustment_id = ask(http).body["adjustment_id"]
    mall.store.lose_next_reply()
    assert decide(http, adjustment_id).status == 503
    assert decide(http, adjustment_id).body["status"] == "approved"
    assert len(entries_of_member(mall)) == 1


def test_a_member_who_earns_meanwhile_loses_nothing(http: Http, mall: MemoryMall) -> None:
    adjustment_id = ask(http).body["adjustment_id"]
    mall.store.before_next_commit(lambda: Shop(mall).pays("A1", 5))
    assert decide(http, adjustment_id).status == 200
    assert sum(account_of(mall).lots.values()) == MUCH + 5


def test_the_day_that_points_were_to_live_to_may_have_passed_meanwhile(
    http: Http, mall: MemoryMall
) -> None:
    adjustment_id = ask(http, expires_on="2026-11-30").body["adjustment_id"]
    mall.clock.travel(days=30)
    assert decide(http, adjustment_id).status == 422
    assert decide(http, adjustment_id, "reject", key="key-00002").status == 200


def test_what_could_never_be_done_does_not_wait(http: Http) -> None:
    assert ask(http, expires_on="2020-01-01").status == 422
    assert ask(http, -MUCH, expires_on="2027-01-01").status == 422
    assert listed(http) == []


def test_nothing_of_that_id_is_not_found(http: Http, mall: MemoryMall) -> None:
    account = Account(LIN)
    mall.store.commit([ChangeAccount(account, account)])
    assert decide(http, "adj_nothing").status == 404
