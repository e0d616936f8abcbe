"""Whether a redemption waits for a person, and which rules sent it there."""

from datetime import UTC, datetime, timedelta

import pytest

from loyalty.domain.item import Item, ItemKind, Review
from loyalty.domain.programme import ReviewRules
from loyalty.domain.review_rules import reasons_to_review

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
RULES = ReviewRules(points_above=100, account_younger_than_hours=24, redemptions_per_hour_above=3)


def reasons(
    review: Review = Review.AUTO,
    *,
    points: int = 100,
    joined: timedelta | None = timedelta(hours=24),
    recent: int = 2,
    rules: ReviewRules = RULES,
) -> dict[str, object]:
    item = Item("itm", {}, ItemKind.VIRTUAL, "tea", points, NOON, review=review)

    def joined_at() -> datetime | None:
        return None if joined is None else NOON - joined

    def redemptions_since(since: datetime) -> int:
        assert since == NOON - timedelta(hours=1)
        return recent

    return reasons_to_review(item, points, rules, NOON, joined_at, redemptions_since)


def unread(*_: object) -> int:
    raise AssertionError("nobody had to ask")


def test_within_every_limit_nobody_waits() -> None:
    assert reasons() == {}


@pytest.mark.parametrize(
    ("situation", "facts"),
    [
        ({"points": 101}, {"points_above": 100}),
        ({"joined": timedelta(hours=23)}, {"account_younger_than_hours": 24}),
        ({"joined": None}, {"account_younger_than_hours": 24}),
        ({"recent": 3}, {"redemptions_per_hour_above": 3}),
        ({"points": 101, "recent": 3}, {"points_above": 100, "redemptions_per_hour_above": 3}),
    ],
)
def test_each_limit_that_is_passed_is_told(
    situation: dict[str, object], facts: dict[str, object]
) -> None:
    assert reasons(**situation) == facts  # type: ignore[arg-type]


def test_a_programme_without_an_age_limit_does_not_ask_for_the_profile() -> None:
    item = Item("itm", {}, ItemKind.VIRTUAL, "tea", 1, NOON)
    assert reasons_to_review(item, 1, ReviewRules(), NOON, unread, lambda _: 0) == {}  # type: ignore[arg-type]


def test_an_item_that_is_never_reviewed_asks_nothing() -> None:
    item = Item("itm", {}, ItemKind.VIRTUAL, "tea", 1, NOON, review=Review.NEVER)
    assert reasons_to_review(item, 9_999, RULES, NOON, unread, unread) == {}  # type: ignore[arg-type]


def test_an_item_that_is_always_reviewed_asks_nothing_either() -> None:
    assert reasons(Review.ALWAYS, points=1) == {"item": "always-reviewed"}
