"""Whether a redemption waits for a person."""

from collections.abc import Callable
from datetime import datetime, timedelta

from loyalty.domain.item import Item, Review
from loyalty.domain.programme import ReviewRules


def reasons_to_review(
    item: Item,
    points: int,
    rules: ReviewRules,
    now: datetime,
    joined_at: Callable[[], datetime | None],
    redemptions_since: Callable[[datetime], int],
) -> dict[str, object]:
    """Return the facts that send a redemption to a reviewer; none means that it does not wait.

    ``joined_at`` and ``redemptions_since`` are asked only where a rule needs them: they are reads.
    """
    if item.review is Review.NEVER:
        return {}
    if item.review is Review.ALWAYS:
        return {"item": "always-reviewed"}
    facts: dict[str, object] = {}
    if points > rules.points_above:
        facts["points_above"] = rules.points_above
    if rules.account_younger_than_hours:
        joined = joined_at()
        young = timedelta(hours=rules.account_younger_than_hours)
        if joined is None or now - joined < young:
            facts["account_younger_than_hours"] = rules.account_younger_than_hours
    if redemptions_since(now - timedelta(hours=1)) >= rules.redemptions_per_hour_above:
        facts["redemptions_per_hour_above"] = rules.redemptions_per_hour_above
    return facts
