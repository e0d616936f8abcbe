"""What tiers are reached with, and what they multiply."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from loyalty.domain.tier import SpeedUp, Tier, TierRules

ZONE = "Asia/Shanghai"
RULES = TierRules(
    tiers=(
        Tier("regular", {"zh": "普通", "en": "Regular"}, Decimal(0)),
        Tier("silver", {"zh": "银", "en": "Silver"}, Decimal(1000), Decimal("1.5")),
        Tier("gold", {"zh": "金", "en": "Gold"}, Decimal(5000), Decimal(2)),
    ),
    currencies={"CNY": Decimal(1)},
    speed_up=SpeedUp(Decimal(2), 30),
)
ROSE = datetime(2026, 11, 21, 15, 59, tzinfo=UTC)  # the last minute of the 21st in Shanghai


@pytest.mark.parametrize(
    ("count", "reached"),
    [
        ("-5", "regular"),
        ("0", "regular"),
        ("999.9999", "regular"),
        ("1000", "silver"),
        ("4999.9999", "silver"),
        ("5000", "gold"),
        ("900000", "gold"),
    ],
)
def test_a_tier_is_reached_by_a_count_of_no_less_than_it_wants(count: str, reached: str) -> None:
    assert RULES.reached(Decimal(count)).id == reached


def test_a_tier_that_nobody_knows_any_more_is_the_lowest() -> None:
    assert RULES.tier("platinum").id == RULES.tier(None).id == "regular"
    assert RULES.rank("platinum") == 0


def test_above_every_tier_stands_the_next_and_above_the_top_none() -> None:
    above = [RULES.after(tier) for tier in RULES.tiers]
    assert [tier and tier.id for tier in above] == ["silver", "gold", None]


@pytest.mark.parametrize(
    ("at", "speeds"),
    [
        (datetime(2026, 11, 21, 15, 58, 59, tzinfo=UTC), False),
        (ROSE, True),
        (datetime(2026, 12, 21, 15, 59, 59, tzinfo=UTC), True),  # the 21st still, in Shanghai
        (datetime(2026, 12, 21, 16, 0, tzinfo=UTC), False),
    ],
)
def test_a_rise_speeds_earning_up_through_the_last_of_its_days(at: datetime, speeds: bool) -> None:
    factors = RULES.factors("silver", ROSE, at, ZONE)
    expected = {"tier:silver": Decimal("1.5")} | ({"speed-up": Decimal(2)} if speeds else {})
    assert factors == expected


def test_who_never_rose_earns_by_the_tier_alone() -> None:
    assert RULES.factors(None, None, ROSE, ZONE) == {}
    assert RULES.factors("gold", None, ROSE, ZONE) == {"tier:gold": Decimal(2)}
