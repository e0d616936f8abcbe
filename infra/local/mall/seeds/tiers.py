"""The demonstration's tiers: so high that no ordinary order reaches one by accident."""

from decimal import Decimal

from loyalty.domain.tier import SpeedUp, Tier, TierRules

TIERS = TierRules(
    tiers=(
        Tier(
            "regular",
            {"zh": "普通会员", "en": "Regular"},
            Decimal(0),
            benefits=({"zh": "消费得积分", "en": "Points for every purchase"},),
        ),
        Tier(
            "silver",
            {"zh": "银卡会员", "en": "Silver"},
            Decimal(20_000),
            Decimal("1.5"),
            ({"zh": "1.5 倍积分", "en": "1.5 times the points"},),
        ),
        Tier(
            "gold",
            {"zh": "金卡会员", "en": "Gold"},
            Decimal(100_000),
            Decimal(2),
            (
                {"zh": "2 倍积分", "en": "Twice the points"},
                {"zh": "会员价兑换", "en": "Tier prices in the mall"},
            ),
        ),
        Tier(
            "diamond",
            {"zh": "钻石会员", "en": "Diamond"},
            Decimal(500_000),
            Decimal("2.5"),
            (
                {"zh": "2.5 倍积分", "en": "2.5 times the points"},
                {"zh": "会员价兑换", "en": "Tier prices in the mall"},
            ),
        ),
    ),
    currencies={"CNY": Decimal(1), "USD": Decimal(7), "EUR": Decimal(8), "AUD": Decimal(5)},
    speed_up=SpeedUp(multiplier=Decimal(2), days=30),
)
