"""Drafts of classes, pieces, caps and offsets are told what is wrong with them."""

from typing import Any

import pytest

from earn.document import faults_of

RICE = {"points": 1, "per": "10", "skus": ["RICE"]}
BLOCK = {"points": 5, "worth": "1"}
NIGHT = {"points": 100, "categories": ["hotel"]}


def draft(cny: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    rates = {"CNY": {"default": {"points": 1}, **(cny or {})}}
    return {"time_zone": "Asia/Shanghai", "rates": rates, **more}


@pytest.mark.parametrize(
    "drafted",
    [
        draft({"classes": {"slim": RICE, "rich": {"points": 2}}, "units": {"night": NIGHT}}),
        draft(birthday={}, caps={"per_order": 1, "per_member_and_day": 1}),
        draft(offset={"currencies": {"CNY": {"points": 500, "worth": "20"}}}),
    ],
)
def test_drafts_that_hold(drafted: dict[str, Any]) -> None:
    assert faults_of(drafted) == []


@pytest.mark.parametrize(
    ("drafted", "message"),
    [
        (draft({"classes": {"a": RICE, "b": RICE}}), "stands in two places"),
        (draft({"classes": {"a": RICE}, "skus": {"RICE": {"points": 2}}}), "stands in two places"),
        (
            draft({"units": {"n": NIGHT}, "categories": {"hotel": {"points": 2}}}),
            "stands in two places",
        ),
        (draft({"units": {"n": {"points": 1}}}), "categories or skus"),
        (draft({"units": {"n": {**NIGHT, "tiers": {"gold": 200}}}}), "no tier 'gold'"),
        (draft(birthday={"multiplier": "0.5"}), "greater than or equal to 1"),
        (draft(caps={"per_order": 0}), "greater than or equal to 1"),
        (draft(offset={"currencies": {}}), "at least 1"),
        (
            draft(
                offset={"currencies": {"CNY": {"points": 5, "worth": "1"}}, "largest_share": "2"}
            ),
            "less than or equal to 1",
        ),
    ],
)
def test_drafts_that_do_not(drafted: dict[str, Any], message: str) -> None:
    assert message in str(faults_of(drafted))
