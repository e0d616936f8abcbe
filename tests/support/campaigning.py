"""Campaigns, purchases and buyers that tests speak of."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from loyalty.domain.campaign import Campaign, Effect, Spend, Terms
from loyalty.domain.campaign_reach import Audience, Scope
from loyalty.domain.campaign_window import Hours, Window
from loyalty.domain.orders import CustomerRef, OrderLine, Purchase
from loyalty.domain.programme import CurrencyRates, Programme, Rate
from loyalty.domain.tier import SpeedUp, Tier, TierRules

NOON = datetime(2026, 11, 21, 4, tzinfo=UTC)
"""Noon in Shanghai, on a Saturday."""

DOUBLE = Effect(multiplier=Decimal(2))
TIERS = TierRules(
    tiers=(
        Tier("regular", {"zh": "普通", "en": "Regular"}, Decimal(0)),
        Tier("silver", {"zh": "银卡", "en": "Silver"}, Decimal(1000), Decimal("1.5")),
        Tier("gold", {"zh": "金卡", "en": "Gold"}, Decimal(5000), Decimal(2)),
    ),
    currencies={"CNY": Decimal(1)},
    speed_up=SpeedUp(),
)
YUAN = Programme(version=1, rates={"CNY": CurrencyRates(Rate(1))})
"""One point for a yuan."""


def terms(effect: Effect = DOUBLE, **changes: Any) -> Terms:
    """Return terms that hold for a year around noon, for everybody and everything."""
    window = Window(date(2026, 6, 1), date(2027, 5, 31))
    plain = Terms({"zh": "双倍", "en": "Double"}, window, effect)
    return replace(plain, **changes)


def campaign(campaign_id: str = "cmp_1", effect: Effect = DOUBLE, **changes: Any) -> Campaign:
    """Return a campaign that runs."""
    at = NOON - timedelta(days=30)
    return Campaign(campaign_id, terms(effect, **changes), at, scheduled_at=at)


def line(
    sku: str = "S1", category: str | None = None, amount: str = "10", **more: Any
) -> OrderLine:
    """Return a line of one piece."""
    return replace(OrderLine(sku, category, 1, Decimal(amount)), **more)


def purchase(*lines: OrderLine, order_id: str = "A1", **changes: Any) -> Purchase:
    """Return lin's order, paid at noon without deductions."""
    nothing = Decimal(0)
    plain = Purchase(order_id, CustomerRef("lin"), "CNY", lines, nothing, nothing, nothing, NOON)
    return replace(plain, **changes)


FULL_TERMS = Terms(
    name={"zh": "周五之夜", "en": "Friday night"},
    window=Window(date(2026, 11, 1), date(2026, 12, 31), (5,), Hours(time(22), time(2))),
    effect=Effect(spend=Spend(Decimal("300.50"), "CNY", 40, repeated=False)),
    audience=Audience(("gold",), ("vip",), ("sleeping",), 30),
    scope=Scope(("tea",), ("S1", "S2"), ("rich",)),
    priority=-3,
    stackable=True,
    per_member=400,
    budget=10_000,
)
"""Terms in which everything is said."""
