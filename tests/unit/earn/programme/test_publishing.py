"""Rules are published by admins alone, each version once, and nothing is ever lost."""

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.programme import Programme
from loyalty.domain.validity import Validity, ValidityKind
from support.rules import Rules


@pytest.mark.parametrize("role", ["admin", "operator", "reviewer", "auditor"])
def test_every_operator_may_read_the_rules_in_force(rules: Rules, role: str) -> None:
    shown = rules.get(role=role)
    assert (shown.status, shown.body["version"]) == (200, 1)
    assert shown.body["programme"]["rates"]["CNY"]["default"] == {"points": 1, "per": "1"}


def test_a_draft_is_in_force_as_soon_as_it_is_published(rules: Rules, mall: MemoryMall) -> None:
    published = rules.publish(validity={"kind": "natural_year", "length": 1})

    assert published.status == 201
    assert mall.programmes.live().version == 2
    assert mall.programmes.live().validity == Validity(ValidityKind.NATURAL_YEAR, 1)
    assert rules.get().body == published.body
    assert published.body["published_by"] == "o-1"
    assert published.body["published_at"] == "2026-11-21T04:00:00Z"


def test_the_audit_keeps_what_was_changed_and_nothing_else(rules: Rules, mall: MemoryMall) -> None:
    rules.publish(grace_days=7, return_window={"days": 0, "categories": {"preorder": 14}})
    (act,) = mall.audit
    assert (act.act, act.subject, act.role) == ("programme.publish", "programme:live", "admin")
    assert (act.actor, act.reason) == ("o-1", "Autumn")
    assert act.before == {"version": 1, "rules": {"grace_days": 30}}
    changed = {"grace_days": 7, "return_window.categories.preorder": 14}
    assert act.after == {"version": 2, "rules": changed}


def test_of_two_authors_the_second_is_told_that_the_rules_have_changed(
    rules: Rules, mall: MemoryMall
) -> None:
    rules.publish(grace_days=7)
    late = rules.publish(key="key-0002", grace_days=9)
    assert (late.status, late.problem, late.body["version"]) == (409, "changed-meanwhile", 2)
    assert mall.programmes.live().grace_days == 7
    assert len(mall.audit) == 1


def test_of_two_at_the_same_moment_one_is_published(rules: Rules, mall: MemoryMall) -> None:
    mall.store.before_next_commit(lambda: rules.publish(key="key-0002", grace_days=9))
    late = rules.publish(grace_days=7)
    assert late.problem == "changed-meanwhile"
    assert mall.programmes.live().grace_days == 9


def test_publishing_again_under_the_same_key_publishes_nothing(
    rules: Rules, mall: MemoryMall
) -> None:
    body = {"draft": rules.draft(grace_days=7), "expected_version": 1}
    first, again = rules.post("/publish", body), rules.post("/publish", body)
    assert (again.status, again.body) == (201, first.body)
    assert mall.programmes.live().version == 2
    other = rules.post("/publish", {**body, "draft": rules.draft(grace_days=8)})
    assert other.problem == "idempotency-key-reused"


def test_an_older_version_comes_back_under_a_new_number(rules: Rules, mall: MemoryMall) -> None:
    rules.publish(grace_days=7)
    back = rules.post("/rollback", {"version": 1, "reason": "Too strict"}, key="key-0002")
    again = rules.post("/rollback", {"version": 1, "reason": "Too strict"}, key="key-0002")

    assert (back.status, back.body["version"]) == (201, 3)
    assert again.body == back.body
    assert mall.programmes.live().grace_days == 30
    assert mall.audit[-1].after == {"version": 3, "rules": {"grace_days": 30}}


@pytest.mark.parametrize(("version", "problem"), [(1, "invalid"), (9, "not-found")])
def test_only_an_older_version_can_come_back(rules: Rules, version: int, problem: str) -> None:
    refused = rules.post("/rollback", {"version": version, "reason": "Back"})
    assert refused.problem == problem


def test_every_version_stays_readable(rules: Rules) -> None:
    for number in range(1, 6):
        rules.publish(number, key=f"key-000{number}", grace_days=number)

    first = rules.get("/versions?limit=4").body
    rest = rules.get(f"/versions?limit=4&cursor={first['next_cursor']}").body

    assert [it["version"] for it in first["items"] + rest["items"]] == [6, 5, 4, 3, 2, 1]
    assert rest["next_cursor"] is None
    assert rules.get("/versions/3").body["programme"]["grace_days"] == 2
    assert rules.get("/versions/7").problem == "not-found"
    assert rules.get("/versions/none").status == 422


@pytest.mark.parametrize("role", ["operator", "reviewer", "auditor"])
def test_nobody_but_an_admin_puts_rules_in_force(rules: Rules, mall: MemoryMall, role: str) -> None:
    draft = {"draft": rules.draft(), "expected_version": 1}
    assert rules.post("/publish", draft, role=role).status == 403
    assert rules.post("/rollback", {"version": 1, "reason": "x"}, role=role).status == 403
    assert mall.programmes.live() == Programme(version=1, rates=mall.programmes.live().rates)
