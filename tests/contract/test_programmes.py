from decimal import Decimal

from loyalty.domain.claw_back import ClawBackPolicy
from loyalty.domain.programme import (
    CurrencyRates,
    Programme,
    Rate,
    ReturnWindow,
    ReviewRules,
    Rounding,
)
from loyalty.domain.validity import Validity, ValidityKind
from support.stored import Stored

RULES = Programme(
    version=1,
    time_zone="Europe/London",
    rates={
        "CNY": CurrencyRates(
            Rate(1), {"tea": Rate(1, Decimal("5.00"))}, {"S1": Rate(3, Decimal("0.1"))}
        ),
        "EUR": CurrencyRates(Rate(8)),
    },
    rounding=Rounding.HALF_UP,
    validity=Validity(ValidityKind.FIXED_DAYS, 90),
    return_window=ReturnWindow(7, {"preorder": 30}),
    claw_back=ClawBackPolicy.CLAMP,
    grace_days=14,
    review=ReviewRules(points_above=100, hours=24),
)


def test_rules_are_in_force_as_they_were_published(mall: Stored) -> None:
    mall.programmes.publish(RULES)
    assert mall.programmes.live() == RULES


def test_the_newest_version_is_in_force(mall: Stored) -> None:
    mall.programmes.publish(RULES)
    second = Programme(version=2, grace_days=7)
    mall.programmes.publish(second)
    assert mall.programmes.live() == second
