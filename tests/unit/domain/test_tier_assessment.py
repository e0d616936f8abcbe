"""Who rises, stays, is warned and falls: the table of days, for each kind of window."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from loyalty.domain.tier import Tier, TierBasis, TierRules, TierWindow
from loyalty.domain.tier_assessment import Assessment, assess_tier
from loyalty.domain.tier_count import Counted, Tally, TierCount, window_end

YEAR, ROLLING, LIFE = TierWindow.CALENDAR_YEAR, TierWindow.ROLLING_12_MONTHS, TierWindow.LIFETIME


def tier(name: str, at_least: int) -> Tier:
    return Tier(name, {"zh": name, "en": name}, Decimal(at_least))


RULES = TierRules(
    tiers=(tier("regular", 0), tier("silver", 100), tier("gold", 500)),
    currencies={"CNY": Decimal(1)},
    warning_days=30,
    grace_days=30,
)


def counts(*months: tuple[str, int], kept_through: date | None = None) -> TierCount:
    tally = Tally({month: Decimal(n) for month, n in months})
    return TierCount("lin", money=tally, kept_through=kept_through)


def look(held: str, count: TierCount, today: date, window: TierWindow = YEAR) -> Assessment:
    return assess_tier(replace(RULES, window=window), held, count, today)


def looked_at_when_due(held: str, count: TierCount, today: date, until: date) -> Assessment:
    """What daily looks come to: each at the day that the one before has named."""
    found = look(held, count, today)
    while found.assess_on and found.assess_on <= until:
        count = replace(count, kept_through=found.kept_through)
        found = look(found.tier.id, count, found.assess_on)
    return look(found.tier.id, replace(count, kept_through=found.kept_through), until)


def test_who_counts_enough_rises_at_once_and_is_safe_until_the_window_ends() -> None:
    found = look("regular", counts(("2026-11", 100)), date(2026, 11, 21))
    assert (found.tier.id, found.kept_through, found.danger) == ("silver", date(2026, 12, 31), None)


def test_who_jumps_over_a_tier_lands_on_the_one_that_is_reached() -> None:
    assert look("regular", counts(("2026-11", 500)), date(2026, 11, 21)).tier.id == "gold"


def test_a_refund_lowers_the_count_and_not_the_tier() -> None:
    count = counts(("2026-03", 40), kept_through=date(2026, 12, 31))
    found = look("gold", count, date(2026, 3, 9))
    assert (found.tier.id, found.counted, found.danger) == ("gold", Decimal(40), None)
    assert found.assess_on == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("today", "stands", "warned", "next_look"),
    [
        (date(2026, 11, 30), "gold", False, date(2026, 12, 1)),
        (date(2026, 12, 1), "gold", True, date(2027, 1, 1)),
        (date(2026, 12, 31), "gold", True, date(2027, 1, 1)),
        (date(2027, 1, 1), "gold", True, date(2027, 1, 31)),
        (date(2027, 1, 30), "gold", True, date(2027, 1, 31)),
        (date(2027, 1, 31), "silver", False, date(2027, 12, 1)),
        (date(2027, 12, 1), "silver", True, date(2028, 1, 1)),
        (date(2028, 1, 30), "silver", True, date(2028, 1, 31)),
        (date(2028, 1, 31), "regular", False, None),
        (date(2031, 7, 1), "regular", False, None),
    ],
)
def test_who_counts_too_little_is_warned_has_grace_and_falls_to_what_was_counted(
    today: date, stands: str, warned: bool, next_look: date | None
) -> None:
    """Gold once, but only enough for silver in 2026, and for nothing in 2027."""
    found = looked_at_when_due("gold", counts(("2026-05", 120)), date(2026, 11, 21), today)
    assert (found.tier.id, found.danger is not None) == (stands, warned)
    assert found.assess_on == next_look


def test_a_look_that_comes_years_too_late_decides_as_all_those_in_between_would_have() -> None:
    count = counts(("2026-05", 120), kept_through=date(2026, 12, 31))
    assert look("gold", count, date(2027, 6, 1)).tier.id == "silver"
    assert look("gold", count, date(2029, 6, 1)).tier.id == "regular"


def test_what_counts_in_one_year_keeps_the_tier_through_the_next() -> None:
    count = counts(("2026-11", 600), kept_through=date(2026, 12, 31))
    found = look("gold", count, date(2027, 1, 1))
    assert (found.tier.id, found.kept_through) == ("gold", date(2027, 12, 31))
    assert found.danger is None


def test_who_counts_enough_within_the_grace_stays() -> None:
    count = counts(("2026-05", 120), ("2027-01", 500), kept_through=date(2026, 12, 31))
    found = look("gold", count, date(2027, 1, 30))
    assert (found.tier.id, found.kept_through, found.danger) == ("gold", date(2027, 12, 31), None)


def test_the_warning_says_how_much_is_missing_and_until_when() -> None:
    count = counts(("2026-05", 420), kept_through=date(2026, 12, 31))
    danger = look("gold", count, date(2026, 12, 5)).danger
    assert danger is not None
    assert (danger.ends_on, danger.grace_until) == (date(2026, 12, 31), date(2027, 1, 30))
    assert danger.needed == 80


@pytest.mark.parametrize(
    ("today", "counted"),
    [
        (date(2026, 1, 31), 100),
        (date(2026, 12, 31), 100),
        (date(2027, 1, 1), 0),
    ],
)
def test_a_rolling_window_holds_this_month_and_the_eleven_before(today: date, counted: int) -> None:
    assert look("regular", counts(("2026-01", 100)), today, ROLLING).counted == counted


def test_a_rolling_tier_falls_after_the_month_that_no_longer_holds_what_made_it() -> None:
    count = counts(("2026-01", 100), kept_through=date(2026, 12, 31))
    assert look("silver", count, date(2027, 1, 1), ROLLING).kept_through == date(2027, 1, 31)
    late = replace(count, kept_through=date(2027, 1, 31))
    assert look("silver", late, date(2027, 3, 2), ROLLING).tier.id == "silver"
    assert look("silver", late, date(2027, 3, 3), ROLLING).tier.id == "regular"


@pytest.mark.parametrize(
    ("window", "day", "ends"),
    [
        (YEAR, date(2026, 1, 1), date(2026, 12, 31)),
        (YEAR, date(2028, 2, 29), date(2028, 12, 31)),
        (ROLLING, date(2028, 2, 1), date(2028, 2, 29)),
        (ROLLING, date(2027, 2, 1), date(2027, 2, 28)),
        (ROLLING, date(2026, 12, 31), date(2026, 12, 31)),
        (LIFE, date(2026, 6, 30), date(2026, 12, 31)),
    ],
)
def test_a_window_ends_with_its_year_or_its_month(
    window: TierWindow, day: date, ends: date
) -> None:
    assert window_end(window, day) == ends


def test_what_is_counted_for_life_never_ends_but_refunds_are_seen_when_a_year_does() -> None:
    kept = counts(("2024-02", 500), kept_through=date(2026, 12, 31))
    assert look("gold", kept, date(2027, 5, 1), LIFE).tier.id == "gold"
    refunded = counts(("2024-02", 90), kept_through=date(2026, 12, 31))
    assert look("gold", refunded, date(2027, 1, 30), LIFE).tier.id == "gold"
    assert look("gold", refunded, date(2027, 1, 31), LIFE).tier.id == "regular"


def test_a_refund_of_a_month_long_past_is_taken_off_what_was_folded() -> None:
    today = date(2030, 1, 1)
    bought = Counted("order:standard:A1", "lin", "2026-11", Decimal(300))
    count = TierCount("lin").recounted(Counted("order:standard:A1"), bought, date(2026, 11, 21))
    assert count.money.months == {"2026-11": 300}
    refunded = replace(bought, money=Decimal(100))
    late = count.recounted(bought, refunded, today)
    assert not late.money.months
    assert late.money.earlier == 100
    assert late.money.within(LIFE, today) == 100


def test_points_count_where_points_are_the_basis() -> None:
    rules = replace(RULES, basis=TierBasis.POINTS, currencies={})
    count = TierCount("lin", points=Tally({"2026-11": Decimal(500)}))
    assert assess_tier(rules, None, count, date(2026, 11, 21)).tier.id == "gold"
