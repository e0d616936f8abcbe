"""The price that a member has confirmed is the one that is charged."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.errors import NotEligible, QuoteChanged
from loyalty.domain.member import Member
from loyalty.domain.pricing.members_day import MembersDay
from loyalty.domain.pricing.offers import LimitedPrice
from loyalty.domain.tier import Tier, TierRules
from loyalty.domain.writes import AddMember
from redeem.orders import Order
from redeem.service import quote_redemption
from support.books import available
from support.counter import Counter, put_on_shelf

BASE = Tier("base", {"zh": "普通", "en": "Base"}, Decimal(0))
TIERS = TierRules((BASE, Tier("gold", {"zh": "金", "en": "Gold"}, Decimal(9))))


@pytest.fixture(autouse=True)
def a_gold_member(mall: MemoryMall) -> None:
    """lin is gold, and joined 30 days ago; wang has no profile yet."""
    joined = mall.clock.now() - timedelta(days=30)
    mall.store.commit([AddMember(Member("lin", joined, tier="gold"))])
    publish(mall, tiers=TIERS)


def publish(mall: MemoryMall, **rules: Any) -> None:
    live = mall.programmes.live()
    mall.programmes.publish(replace(live, version=live.version + 1, **rules))


def quoted(mall: MemoryMall, item_id: str, quantity: int = 1, member: str = "lin") -> int:
    return quote_redemption(mall, member, Order(item_id, quantity)).points


def test_a_quote_says_each_line_in_the_language_that_is_asked_for(mall: MemoryMall) -> None:
    put_on_shelf(mall, "itm_cup", points=20, tier_prices={"gold": 15})
    quote = quote_redemption(mall, "lin", Order("itm_cup", 2), "en")
    assert [(line.label, line.points) for line in quote.lines] == [
        ("Longjing tea × 2", 40),
        ("Tier price", -10),
    ]


def test_a_tier_pays_its_own_price(mall: MemoryMall, counter: Counter) -> None:
    put_on_shelf(mall, "itm_cup", points=20, tier_prices={"gold": 15, "base": 19})
    assert (quoted(mall, "itm_cup"), quoted(mall, "itm_cup", member="wang")) == (15, 19)
    assert counter.redeem(2, "itm_cup", expected_points=30).points == 30
    assert available(mall) == 70


def test_what_is_for_a_tier_is_not_for_others(mall: MemoryMall, counter: Counter) -> None:
    put_on_shelf(mall, "itm_base", only_tiers=("base",))
    assert quote_redemption(mall, "lin", Order("itm_base", 1)).reasons == ("tier-only",)
    with pytest.raises(NotEligible) as refused:
        counter.redeem(1, "itm_base")
    assert refused.value.facts == {"reasons": ["tier-only"]}


def test_newcomers_are_told_by_the_day_they_joined(mall: MemoryMall, counter: Counter) -> None:
    put_on_shelf(mall, "itm_new", newcomer_days=30)
    counter.redeem(1, "itm_new")
    mall.clock.travel(days=1)
    with pytest.raises(NotEligible):
        counter.redeem(1, "itm_new")


def test_a_limited_price_that_has_ended_is_not_charged_unasked(
    mall: MemoryMall, counter: Counter
) -> None:
    now = mall.clock.now()
    sale = LimitedPrice(80, now, now + timedelta(minutes=10))
    put_on_shelf(mall, "itm_cup", points=20, limited_price=sale)
    quote = quote_redemption(mall, "lin", Order("itm_cup", 1))
    assert (quote.points, quote.expires_at) == (16, sale.ends_at)
    mall.clock.travel(minutes=10)
    with pytest.raises(QuoteChanged) as refused:
        counter.redeem(1, "itm_cup", expected_points=16)
    assert refused.value.facts["quote"]["points"] == 20
    assert available(mall) == 100


def test_members_day_is_one_of_the_programmes_days(mall: MemoryMall) -> None:
    publish(mall, members_day=MembersDay(50, days_of_month=(22,)))
    assert quoted(mall, "itm_tea", 2) == 20
    mall.clock.travel(hours=11, minutes=59)
    assert quoted(mall, "itm_tea", 2) == 20
    mall.clock.travel(minutes=1)
    assert quoted(mall, "itm_tea", 2) == 10


def test_money_that_was_confirmed_is_compared_too(counter: Counter) -> None:
    with pytest.raises(QuoteChanged):
        counter.redeem(1, expected_cash="5.00")
    assert counter.redeem(1, expected_cash="0.00").points == 10
