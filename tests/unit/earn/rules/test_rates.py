"""Margin classes, points by the piece, and what multiplies points."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from earn.rules import Scene, Worth, worth_of
from loyalty.domain.birthday import BirthdayRules
from loyalty.domain.buyer import Buyer
from loyalty.domain.orders import OrderLine
from loyalty.domain.programme import CurrencyRates, Programme, Rate
from loyalty.domain.rates import Caps, ClassRate, UnitRate
from support.campaigning import NOON, TIERS, line, purchase

RATES = CurrencyRates(
    Rate(1),
    categories={"new": Rate(1, Decimal(5))},
    skus={"GOLD": Rate(3)},
    classes={"basics": ClassRate(1, Decimal(10), ("S7", "S8"))},
    units={
        "night": UnitRate(100, {"silver": 150, "gold": 200}, categories=("hotel",)),
        "wash": UnitRate(20, skus=("WASH",)),
    },
)
RULES = Programme(version=1, rates={"CNY": RATES}, tiers=TIERS, birthday=BirthdayRules())


NO_CAPS = Caps()


def worth(
    *lines: OrderLine, buyer: Buyer | None = None, caps: Caps = NO_CAPS, **more: Any
) -> Worth:
    return worth_of(purchase(*lines, **more), replace(RULES, caps=caps), Scene(buyer))


@pytest.mark.parametrize(
    ("bought", "points", "label"),
    [
        (line(amount="100", margin_class="basics"), 10, "class:basics"),
        (line("S7", amount="100"), 10, "class:basics"),
        (line("S7", "new", "100"), 10, "class:basics"),
        (line("GOLD", "new", "100", margin_class="basics"), 300, "sku:GOLD"),
        (line(category="new", amount="100", margin_class="unheard-of"), 20, "category:new"),
        (line(category="hotel", amount="900", quantity=3), 300, "unit:night"),
        (line("WASH", "new", "9.90", quantity=2), 40, "unit:wash"),
    ],
)
def test_the_first_rate_that_fits_is_a_line_s_own(
    bought: OrderLine, points: int, label: str
) -> None:
    found = worth(bought)
    assert (found.points, found.explanation["parts"][0]["for"]) == (points, label)  # type: ignore[index]


@pytest.mark.parametrize(("tier", "points"), [(None, 100), ("silver", 150), ("gold", 200)])
def test_a_night_gives_what_it_gives_in_the_tier_and_is_not_multiplied_again(
    tier: str | None, points: int
) -> None:
    assert worth(line(category="hotel", amount="1"), buyer=Buyer(tier)).points == points


@pytest.mark.parametrize(("tier", "points"), [(None, 20), ("silver", 30), ("gold", 40)])
def test_a_piece_that_knows_no_tiers_is_multiplied_like_anything(
    tier: str | None, points: int
) -> None:
    assert worth(line("WASH"), buyer=Buyer(tier)).points == points


def test_pieces_that_are_given_away_earn_nothing() -> None:
    assert worth(line(category="hotel", amount="0", quantity=3)).points == 0
    assert worth(line(category="hotel", amount="80"), discount=Decimal(80)).points == 0


RISEN = NOON - timedelta(days=30)


@pytest.mark.parametrize(
    ("buyer", "points", "multipliers"),
    [
        (None, 33, None),
        (Buyer(), 33, None),
        (Buyer("unheard-of"), 33, None),
        (Buyer("silver"), 49, {"tier:silver": "1.5"}),
        (Buyer("silver", RISEN), 99, {"tier:silver": "1.5", "speed-up": "2"}),
        (Buyer("silver", RISEN - timedelta(days=1)), 49, {"tier:silver": "1.5"}),
        (Buyer("silver", NOON + timedelta(seconds=1)), 49, {"tier:silver": "1.5"}),
        (Buyer(has_birthday=True), 66, {"birthday": "2"}),
        (Buyer("gold", has_birthday=True), 132, {"tier:gold": "2", "birthday": "2"}),
    ],
)
def test_factors_multiply_each_other_and_the_sum_is_rounded_once(
    buyer: Buyer | None, points: int, multipliers: object
) -> None:
    found = worth(line(amount="33.20"), buyer=buyer)
    assert (found.points, found.explanation.get("multipliers")) == (points, multipliers)


def test_an_order_earns_no_more_than_its_cap_and_says_so() -> None:
    found = worth(line(amount="120"), caps=Caps(per_order=100))
    assert (found.points, found.explanation["capped"]) == (100, {"by": "order", "from": 120})
    assert "capped" not in worth(line(amount="100"), caps=Caps(per_order=100)).explanation


def test_what_the_shop_says_of_time_decides_and_not_when_it_says_it() -> None:
    late = datetime(2027, 11, 21, tzinfo=UTC)
    bought = purchase(line(amount="10"), paid_at=late)
    assert worth_of(bought, RULES, Scene(Buyer("silver", RISEN)), NOON).points == 30
