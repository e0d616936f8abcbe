"""What an order costs: each way to make it cheaper, alone and together, and the lines of it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.domain.item import Item, ItemKind
from loyalty.domain.pricing.members_day import MembersDay
from loyalty.domain.pricing.offers import CASH_OPTION, Bundle, CashOption, LimitedPrice
from loyalty.domain.pricing.price import Moment, Price, price_of
from loyalty.domain.pricing.shopper import ANYBODY, Shopper, asks_who, reasons_against

NOW = datetime(2026, 12, 8, 4, tzinfo=UTC)
TODAY = date(2026, 12, 8)
QUIET = Moment(NOW, TODAY)
EIGHTH = MembersDay(90, days_of_month=(8,))
AN_HOUR = timedelta(hours=1)
SALE = LimitedPrice(80, NOW - AN_HOUR, NOW + AN_HOUR)
GOLD = Shopper("gold")


def item(**offers: Any) -> Item:
    name = {"zh": "龙井茶", "en": "Longjing tea"}
    return Item("itm_tea", name, ItemKind.PHYSICAL, "tea", 1_000, NOW, **offers)


def price(
    quantity: int = 1,
    option: str = "points",
    moment: Moment = QUIET,
    shopper: Shopper = ANYBODY,
    **offers: Any,
) -> Price:
    return price_of(item(**offers), quantity, option, moment, shopper)


def told(found: Price) -> list[tuple[str, int]]:
    return [(line.reason, line.points) for line in found.lines]


def test_pieces_cost_their_points() -> None:
    found = price(3)
    assert (found.points, found.cash, found.currency) == (3_000, None, None)
    assert found.lines[0].label == {"zh": "龙井茶 × 3", "en": "Longjing tea × 3"}


def test_a_tier_pays_its_own_price_and_no_other_does() -> None:
    prices = {"gold": 800, "silver": 900}
    assert told(price(2, shopper=GOLD, tier_prices=prices)) == [
        ("price", 2_000),
        ("tier-price", -400),
    ]
    assert price(2, tier_prices=prices).points == 2_000


def test_a_tier_price_above_the_list_price_is_not_charged() -> None:
    assert told(price(shopper=GOLD, tier_prices={"gold": 1_200})) == [("price", 1_000)]


def test_a_limited_price_begins_and_ends_to_the_instant() -> None:
    def at(instant: datetime) -> int:
        return price(moment=Moment(instant, TODAY), limited_price=SALE).points

    just = timedelta(microseconds=1)
    assert [at(SALE.starts_at - just), at(SALE.starts_at)] == [1_000, 800]
    assert [at(SALE.ends_at - just), at(SALE.ends_at)] == [800, 1_000]
    assert price(limited_price=SALE).ends_at == SALE.ends_at


def test_members_day_falls_on_days_of_the_month_and_of_the_week() -> None:
    tuesdays = MembersDay(70, weekdays=(2,))
    assert price(moment=Moment(NOW, TODAY, EIGHTH)).points == 900
    assert price(moment=Moment(NOW, TODAY, tuesdays)).points == 700
    assert price(moment=Moment(NOW, TODAY + timedelta(1), EIGHTH)).points == 1_000


def test_of_limited_price_and_members_day_the_better_one_counts_alone() -> None:
    both = price(moment=Moment(NOW, TODAY, EIGHTH), limited_price=SALE)
    assert told(both) == [("price", 1_000), ("limited-price", -200)]
    worse = LimitedPrice(95, SALE.starts_at, SALE.ends_at)
    other = price(moment=Moment(NOW, TODAY, EIGHTH), limited_price=worse)
    assert (told(other)[1], other.ends_at) == (("members-day", -100), None)


def test_a_bundle_counts_as_often_as_it_fits() -> None:
    three = Bundle(3, 2_500)
    assert price(2, bundle=three).points == 2_000
    assert told(price(7, bundle=three)) == [("price", 7_000), ("bundle", -1_000)]


def test_everything_together_goes_from_list_price_to_percentage() -> None:
    found = price(
        4, shopper=GOLD, tier_prices={"gold": 800}, bundle=Bundle(3, 2_000), limited_price=SALE
    )
    assert told(found) == [
        ("price", 4_000),
        ("tier-price", -800),
        ("bundle", -400),
        ("limited-price", -560),
    ]
    assert found.points == 2_240


def test_a_bundle_that_is_no_bargain_is_not_charged() -> None:
    found = price(3, shopper=GOLD, tier_prices={"gold": 800}, bundle=Bundle(3, 2_500))
    assert found.points == 2_400


def test_points_and_cash_have_prices_of_their_own() -> None:
    option = CashOption(600, "6.55", "CNY")
    found = price(3, CASH_OPTION, cash_option=option, tier_prices={"gold": 1}, shopper=GOLD)
    assert (found.points, found.cash, found.currency) == (1_800, Decimal("19.65"), "CNY")


def test_a_percentage_takes_from_points_and_from_cash() -> None:
    option = CashOption(601, "6.57", "CNY")
    found = price(1, CASH_OPTION, cash_option=option, limited_price=SALE)
    assert (found.points, found.cash) == (480, Decimal("5.26"))
    assert found.lines[1].cash == Decimal("-1.31")


def test_the_smallest_cash_price_stays_one_to_pay() -> None:
    option, one_percent = (
        CashOption(1, "0.01", "CNY"),
        LimitedPrice(1, SALE.starts_at, SALE.ends_at),
    )
    found = price(1, CASH_OPTION, cash_option=option, limited_price=one_percent)
    assert (found.points, found.cash) == (1, Decimal("0.01"))


@given(
    quantity=st.integers(1, 1_000),
    tier_price=st.integers(1, 2_000),
    pieces=st.integers(2, 20),
    bundle=st.integers(1, 30_000),
    percent=st.integers(1, 99),
    members_day=st.integers(1, 99),
)
def test_no_offer_makes_anything_dearer_and_the_lines_are_the_sum(
    quantity: int, tier_price: int, pieces: int, bundle: int, percent: int, members_day: int
) -> None:
    offers: dict[str, Any] = {
        "tier_prices": {"gold": tier_price},
        "bundle": Bundle(pieces, bundle),
        "limited_price": LimitedPrice(percent, SALE.starts_at, SALE.ends_at),
    }
    moment = Moment(NOW, TODAY, MembersDay(members_day, days_of_month=(8,)))
    found = price(quantity, moment=moment, shopper=GOLD, **offers)
    before = sum(line.points for line in found.lines[:-1])
    assert found.points == max(before * min(percent, members_day) // 100, 1)
    assert 1 <= found.points <= before <= 1_000 * quantity
    assert all(line.points <= 0 for line in found.lines[1:])


@pytest.mark.parametrize(
    ("offers", "shopper", "reasons"),
    [
        ({}, ANYBODY, ()),
        ({"only_tiers": ("gold",)}, ANYBODY, ("tier-only",)),
        ({"only_tiers": ("gold",)}, GOLD, ()),
        ({"newcomer_days": 7}, Shopper(joined_on=TODAY - timedelta(7)), ()),
        ({"newcomer_days": 7}, Shopper(joined_on=TODAY - timedelta(8)), ("newcomers-only",)),
        ({"newcomer_days": 7}, ANYBODY, ()),
    ],
)
def test_some_items_are_for_some_members(
    offers: dict[str, Any], shopper: Shopper, reasons: tuple[str, ...]
) -> None:
    assert reasons_against(item(**offers), shopper, TODAY) == reasons
    assert asks_who(item(**offers)) == bool(offers)
