"""Whether a member rises, stays, is in danger or falls: decided from counts, days and rules alone.

Up at once. Down only after a window's end and its grace, and then by what the ended window and
the present one hold, whichever is more. A refund lowers the count; the tier waits for that end.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from loyalty.domain.tier import Tier, TierRules
from loyalty.domain.tier_count import TierCount, window_end

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Danger:
    """A tier that goes after ``grace_until`` unless ``needed`` more is counted.

    ``ends_on`` is the last day of the window that decides it.
    """

    ends_on: date
    grace_until: date
    needed: Decimal


@dataclass(frozen=True, slots=True)
class Assessment:
    """Where a member stands now, and when to look again (None: nothing can come with time)."""

    tier: Tier
    counted: Decimal
    kept_through: date | None = None
    danger: Danger | None = None
    assess_on: date | None = None


def assess_tier(rules: TierRules, tier_id: str | None, count: TierCount, today: date) -> Assessment:
    """Return where a member stands on a day.

    Args:
        rules: the programme's tiers.
        tier_id: the tier that the member has.
        count: what is counted, and until when the tier is safe.
        today: the programme's day.
    """
    counted = count.within(rules, today)
    held, reached = rules.tier(tier_id), rules.reached(counted)
    ends = count.kept_through or window_end(rules.window, today)
    if reached.at_least > held.at_least:
        held, ends = reached, window_end(rules.window, today)
    grace = timedelta(days=rules.grace_days)
    while ends < today and held != rules.tiers[0]:
        best = max(count.within(rules, ends), counted)
        if best < held.at_least:
            if today <= ends + grace:
                break
            held = rules.reached(best)
        ends = window_end(rules.window, ends + ONE_DAY)
    if held == rules.tiers[0]:
        return Assessment(held, counted)
    warn_on = ends - timedelta(days=rules.warning_days)
    is_short = max(count.within(rules, ends), counted) < held.at_least
    return Assessment(
        held,
        counted,
        kept_through=ends,
        danger=Danger(ends, ends + grace, held.at_least - counted)
        if is_short and today >= warn_on
        else None,
        assess_on=_next_look(today, warn_on, ends, ends + grace),
    )


def _next_look(today: date, warn_on: date, ends: date, grace_until: date) -> date:
    """Return the next day on which time alone may change something."""
    if today < warn_on:
        return warn_on
    return (ends if today <= ends else grace_until) + ONE_DAY
