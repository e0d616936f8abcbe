"""A mall with tiers: silver from 1,000 yuan a year (1.5 times), gold from 5,000 (twice)."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest

from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.member import Member
from loyalty.domain.tier import SpeedUp, Tier, TierRules
from loyalty.domain.writes import AddMember

RULES = TierRules(
    tiers=(
        Tier("regular", {"zh": "普通会员", "en": "Regular"}, Decimal(0)),
        Tier("silver", {"zh": "银卡会员", "en": "Silver"}, Decimal(1_000), Decimal("1.5")),
        Tier("gold", {"zh": "金卡会员", "en": "Gold"}, Decimal(5_000), Decimal(2)),
    ),
    currencies={"CNY": Decimal(1), "USD": Decimal(7)},
    speed_up=SpeedUp(Decimal(2), 30),
)


@pytest.fixture
def mall() -> Iterator[MemoryMall]:
    """A mall of one member, lin."""
    mall = MemoryMall()
    mall.programmes.publish(replace(mall.programmes.live(), tiers=RULES))
    mall.store.commit([AddMember(Member("lin", mall.clock.now(), "Lin"))])
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)
