"""What a purchase earns: each line at its rate, deductions by their share, rounded once."""

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from earn.rules import Worth, worth_of
from loyalty.domain.orders import CustomerRef, OrderLine, Purchase
from loyalty.domain.programme import CurrencyRates, Programme, Rate, Rounding

RATES = CurrencyRates(
    Rate(1),
    categories={"new": Rate(1, Decimal(5)), "basics": Rate(1, Decimal(10)), "gifts": Rate(0)},
    skus={"GOLD": Rate(3, Decimal(2))},
)


def worth(
    *lines: tuple[str, str | None, str],
    currency: str = "CNY",
    rounding: Rounding = Rounding.FLOOR,
    rates: CurrencyRates = RATES,
    **deductions: str,
) -> Worth:
    taken: dict[str, Any] = {name: Decimal(0) for name in ("discount", "tax", "points_offset")}
    taken |= {name: Decimal(amount) for name, amount in deductions.items()}
    purchase = Purchase(
        order_id="A1",
        customer=CustomerRef("lin"),
        currency=currency,
        lines=tuple(OrderLine(sku, category, 1, Decimal(a)) for sku, category, a in lines),
        paid_at=datetime(2026, 11, 21, tzinfo=UTC),
        **taken,
    )
    return worth_of(purchase, Programme(rates={"CNY": rates}, rounding=rounding))


@pytest.mark.parametrize(
    ("sku", "category", "points"),
    [
        ("S1", None, 100),
        ("S1", "tea", 100),
        ("S1", "new", 20),
        ("S1", "basics", 10),
        ("S1", "gifts", 0),
        ("GOLD", None, 150),
        ("GOLD", "basics", 150),
    ],
)
def test_a_sku_s_rate_goes_before_its_category_s_and_that_before_the_rest(
    sku: str, category: str | None, points: int
) -> None:
    assert worth((sku, category, "100.00")).points == points


def test_lines_are_added_up_before_they_are_rounded() -> None:
    assert worth(("S1", "new", "2.50"), ("S1", "new", "2.50")).points == 1
    assert worth(("S1", None, "0.60"), ("S1", "new", "2.00")).points == 1


def test_deductions_fall_on_each_line_by_its_share() -> None:
    lines = ("S1", None, "60.00"), ("S1", "basics", "40.00")
    assert worth(*lines, discount="20.00", tax="20.00", points_offset="10.00").points == 30 + 2


def test_an_order_that_was_given_away_earns_nothing_and_says_so() -> None:
    free = worth(("S1", None, "10.00"), discount="10.00")
    assert (free.points, free.reason) == (0, "rounded-to-nothing")
    assert worth(("S1", None, "0.00")).points == 0
    assert worth().points == 0


def test_a_currency_without_rates_earns_nothing_and_says_so() -> None:
    foreign = worth(("S1", None, "10.00"), currency="JPY")
    assert (foreign.points, foreign.reason) == (0, "currency-not-in-programme")
    assert foreign.explanation == {"currency": "JPY"}


@pytest.mark.parametrize(
    ("amount", "floor", "half_up", "ceiling"),
    [
        ("0.00", 0, 0, 0),
        ("0.01", 0, 0, 1),
        ("0.49", 0, 0, 1),
        ("0.50", 0, 1, 1),
        ("1.50", 1, 2, 2),
        ("2.50", 2, 3, 3),
        ("2.99", 2, 3, 3),
        ("3.00", 3, 3, 3),
    ],
)
def test_the_programme_says_how_points_are_rounded(
    amount: str, floor: int, half_up: int, ceiling: int
) -> None:
    expected = {Rounding.FLOOR: floor, Rounding.HALF_UP: half_up, Rounding.CEILING: ceiling}
    for rounding, points in expected.items():
        assert worth(("S1", None, amount), rounding=rounding).points == points


def test_a_hair_below_the_half_is_not_rounded_up() -> None:
    hair = CurrencyRates(Rate(10**40 // 2 - 1, Decimal(10**40)))
    assert worth(("S1", None, "1"), rounding=Rounding.HALF_UP, rates=hair).points == 0
    almost = CurrencyRates(Rate(10**40 - 1, Decimal(10**40)))
    assert worth(("S1", None, "1"), rounding=Rounding.FLOOR, rates=almost).points == 0


def test_an_entry_can_say_why_thirty_seven_points() -> None:
    why = worth(
        ("S1", None, "20.00"), ("S2", "new", "70.00"), ("S3", "new", "15.00"), ("GOLD", None, "1")
    )
    assert why.points == 38
    assert why.explanation == {
        "rule": "purchase",
        "currency": "CNY",
        "exact": "38.5",
        "rounding": "floor",
        "parts": [
            {"rate": "1 per 1", "for": "default", "amount": "20", "points": "20"},
            {"rate": "1 per 5", "for": "category:new", "amount": "85", "points": "17"},
            {"rate": "3 per 2", "for": "sku:GOLD", "amount": "1", "points": "1.5"},
        ],
    }


cents = st.integers(1, 1_000_000).map(lambda n: Decimal(n) / 100)


@given(
    amounts=st.lists(cents, min_size=1, max_size=6),
    discount=cents,
    rounding=st.sampled_from(Rounding),
)
def test_points_are_never_a_whole_one_off_the_exact_worth(
    amounts: list[Decimal], discount: Decimal, rounding: Rounding
) -> None:
    lines = [("S1", "new" if n % 2 else None, str(a)) for n, a in enumerate(amounts)]
    goods = Fraction(sum(amounts))
    left = max(goods - Fraction(discount), Fraction(0)) / goods
    shares = (Fraction(a) * left / (5 if n % 2 else 1) for n, a in enumerate(amounts))
    exact = sum(shares, Fraction(0))
    points = worth(*lines, discount=str(discount), rounding=rounding).points
    assert abs(points - exact) < 1
    assert rounding is not Rounding.FLOOR or points <= exact
    assert rounding is not Rounding.CEILING or points >= exact
