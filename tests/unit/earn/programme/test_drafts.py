"""A draft is told what stands against it, field by field, and what it would change."""

from typing import Any

import pytest

from support.rules import Rules

RATE = {"points": 1, "per": "1"}
FAULTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "an unknown zone": ({"time_zone": "Mars/Olympus"}, "time_zone", "no time zone"),
    "a negative rate": (
        {"rates": {"CNY": {"default": {"points": -1}}}},
        "rates.CNY.default.points",
        "greater than or equal to 0",
    ),
    "points that are no whole number": (
        {"rates": {"CNY": {"default": {"points": 1.5}}}},
        "rates.CNY.default.points",
        "valid integer",
    ),
    "a rate per nothing": (
        {"rates": {"CNY": {"default": RATE, "skus": {"S1": {"points": 1, "per": "0"}}}}},
        "rates.CNY.skus.S1.per",
        "greater than 0",
    ),
    "a currency that is none": (
        {"rates": {"yuan": {"default": RATE}}},
        "rates.yuan.[key]",
        "three capital letters, such as CNY",
    ),
    "more lots than an account holds": (
        {"validity": {"kind": "rolling_months", "length": 60}},
        "validity",
        "room for 60",
    ),
    "more weeks than an account holds": (
        {"validity": {"kind": "fixed_days", "length": 1795}},
        "validity",
        "room for 60",
    ),
    "an unknown validity": ({"validity": {"kind": "forever"}}, "validity.kind", "rolling_months"),
    "a window that goes back": (
        {"return_window": {"days": -1}},
        "return_window.days",
        "equal to 0",
    ),
    "a rule that nobody knows": ({"double_sundays": True}, "double_sundays", "not permitted"),
    "a version of its own": ({"version": 7}, "version", "not permitted"),
}


@pytest.mark.parametrize(("change", "field", "words"), FAULTS.values(), ids=FAULTS)
def test_a_draft_is_told_what_is_wrong_with_it(
    rules: Rules, change: dict[str, Any], field: str, words: str
) -> None:
    draft = rules.draft(**change)
    verdict = rules.post("/validate", {"draft": draft}, role="operator").body
    ((found, message),) = [(error["field"], error["message"]) for error in verdict["errors"]]
    assert (verdict["valid"], found) == (False, field)
    assert words in message

    refused = rules.post("/publish", {"draft": draft, "expected_version": 1})
    assert refused.problem == "invalid"
    assert [error["field"] for error in refused.body["errors"]] == [f"draft.{field}"]


def test_all_that_is_wrong_is_told_at_once(rules: Rules) -> None:
    draft = {"time_zone": "Nowhere", "grace_days": -1}
    errors = rules.post("/validate", {"draft": draft}).body["errors"]
    assert {error["field"] for error in errors} == {"time_zone", "grace_days", "rates"}


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"validity": {"kind": "rolling_months", "length": 59}},
        {"validity": {"kind": "unlimited"}},
        {"rates": {}},
        {"rates": {"CNY": {"default": {"points": 1, "per": "0.0001"}}}},
    ],
)
def test_a_draft_that_holds_can_be_published(rules: Rules, change: dict[str, Any]) -> None:
    draft = rules.draft(**change)
    verdict = rules.post("/validate", {"draft": draft}, role="operator").body
    assert verdict == {"valid": True, "errors": []}
    assert rules.post("/publish", {"draft": draft, "expected_version": 1}).status == 201


def test_a_draft_shows_what_it_would_change_by_path(rules: Rules) -> None:
    rates = {"CNY": {"default": RATE, "categories": {"tea": {"points": 2}}}}
    rules.publish(rates=rates, grace_days=7)
    rates = {"CNY": {"default": {"points": 3, "per": "2.50"}}, "EUR": {"default": {"points": 8}}}
    shown = rules.post("/diff", {"draft": rules.draft(rates=rates)}, role="operator").body
    assert shown["added"] == [
        {"path": "rates.EUR.default.per", "value": "1"},
        {"path": "rates.EUR.default.points", "value": 8},
    ]
    assert [it["path"] for it in shown["removed"]] == [
        "rates.CNY.categories.tea.per",
        "rates.CNY.categories.tea.points",
    ]
    assert shown["changed"] == [
        {"path": "rates.CNY.default.per", "before": "1", "after": "2.50"},
        {"path": "rates.CNY.default.points", "before": 1, "after": 3},
    ]


def test_a_draft_that_changes_nothing_shows_nothing(rules: Rules) -> None:
    shown = rules.post("/diff", {"draft": rules.draft()}, role="operator").body
    assert shown == {"added": [], "removed": [], "changed": []}


@pytest.mark.parametrize("path", ["/validate", "/diff"])
def test_drafts_are_for_operators_and_admins(rules: Rules, path: str) -> None:
    body = {"draft": rules.draft()}
    asked = {role: rules.post(path, body, role=role).status for role in ("operator", "admin")}
    assert asked == {"operator": 200, "admin": 200}
    assert {rules.post(path, body, role=role).status for role in ("reviewer", "auditor")} == {403}


def test_the_schema_is_there_for_editors(rules: Rules) -> None:
    schema = rules.get("/schema").body
    assert schema["title"] == "ProgrammeDocument"
    assert schema["$schema"].startswith("https://json-schema.org/")
