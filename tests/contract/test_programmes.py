from datetime import UTC, datetime
from decimal import Decimal

import pytest

from loyalty.domain.claw_back import ClawBackPolicy
from loyalty.domain.programme import (
    CurrencyRates,
    Programme,
    Publication,
    Rate,
    ReturnWindow,
    ReviewRules,
    Rounding,
)
from loyalty.domain.validity import Validity, ValidityKind
from loyalty.domain.writes import PublishProgramme
from loyalty.ports import WriteRefused
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


LATER = datetime(2026, 11, 21, 4, tzinfo=UTC)


def second(grace_days: int = 7) -> Publication:
    return Publication(Programme(version=2, grace_days=grace_days), LATER, "admin-1", "Less grace")


def test_a_version_that_is_published_is_in_force_and_stays_readable(mall: Stored) -> None:
    mall.programmes.publish(RULES)
    mall.store.commit([PublishProgramme(second(), replaces=1)])

    assert mall.programmes.publication() == second() == mall.programmes.publication(2)
    assert mall.programmes.publication(1) == Publication(RULES)
    assert mall.programmes.publication(3) is None
    assert mall.programmes.publications([2, 3, 1]) == [second(), Publication(RULES)]


def test_of_two_that_replace_one_version_the_second_is_told_what_is_in_force(mall: Stored) -> None:
    mall.programmes.publish(RULES)
    mall.store.commit([PublishProgramme(second(), replaces=1)])

    late = PublishProgramme(second(grace_days=1), replaces=1)
    with pytest.raises(WriteRefused) as refused:
        mall.store.commit([late])

    assert refused.value.found == [(late, second())]
    assert mall.programmes.publication(2) == second()


def test_a_version_that_was_published_is_never_written_over(mall: Stored) -> None:
    mall.programmes.publish(RULES)
    mall.store.commit([PublishProgramme(second(), replaces=1)])

    with pytest.raises(WriteRefused):
        mall.store.commit([PublishProgramme(second(grace_days=1), replaces=2)])

    assert mall.programmes.publication(2) == second() == mall.programmes.publication()
