"""The chapter of tiers: what can be published, and what is said against the rest."""

from typing import Any

import pytest

from support.rules import Rules


def tier(name: str, at_least: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "name": {"zh": name, "en": name}, "at_least": at_least, **more}


REGULAR, SILVER = tier("regular", "0"), tier("silver", "1000", multiplier="1.5")
CNY = {"currencies": {"CNY": "1"}}
FAULTS: dict[str, tuple[dict[str, Any], str, str]] = {
    "no tier": ({"tiers": [], **CNY}, "tiers.tiers", "at least 1 item"),
    "nobody's first tier": ({"tiers": [SILVER], **CNY}, "tiers", "must be 0"),
    "tiers downwards": ({"tiers": [REGULAR, SILVER, tier("gold", "9")], **CNY}, "tiers", "upwards"),
    "two of one id": ({"tiers": [REGULAR, tier("regular", "5")], **CNY}, "tiers", "more than one"),
    "an id with a space": (
        {"tiers": [tier("my gold", "0")], **CNY},
        "tiers.tiers.0.id",
        "small letters",
    ),
    "a tier that takes points": (
        {"tiers": [tier("regular", "0", multiplier="0.5")], **CNY},
        "tiers.tiers.0.multiplier",
        "greater than or equal to 1",
    ),
    "a name in one language": (
        {"tiers": [{**REGULAR, "name": {"en": "Regular"}}], **CNY},
        "tiers.tiers.0.name.zh",
        "required",
    ),
    "spending in no currency": ({"tiers": [REGULAR]}, "tiers", "name currencies"),
    "points in a currency": (
        {"tiers": [REGULAR], "basis": "points", **CNY},
        "tiers",
        "points in none",
    ),
    "a speed-up of no days": (
        {"tiers": [REGULAR], **CNY, "speed_up": {"days": 0}},
        "tiers.speed_up.days",
        "greater than or equal to 1",
    ),
}


@pytest.mark.parametrize(("tiers", "field", "words"), FAULTS.values(), ids=FAULTS)
def test_a_draft_of_tiers_is_told_what_is_wrong_with_it(
    rules: Rules, tiers: dict[str, Any], field: str, words: str
) -> None:
    draft = rules.draft(tiers=tiers)
    verdict = rules.post("/validate", {"draft": draft}, role="operator").body
    ((found, message),) = [(error["field"], error["message"]) for error in verdict["errors"]]
    assert found == field
    assert words in message


@pytest.mark.parametrize(
    "tiers",
    [
        {"tiers": [REGULAR, SILVER], **CNY, "speed_up": {}},
        {"tiers": [REGULAR, SILVER], "basis": "points", "window": "lifetime"},
        None,
    ],
)
def test_tiers_that_hold_are_published_and_read_again(
    rules: Rules, tiers: dict[str, Any] | None
) -> None:
    draft = rules.draft(tiers=tiers)
    assert rules.post("/publish", {"draft": draft, "expected_version": 1}).status == 201
    live = rules.get("").body["programme"]["tiers"]
    assert (live and live["tiers"][-1]["id"]) == (tiers and "silver")
