"""A mall in memory where red packets are given, and the activities' door to it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from earn.activity_handler import lambda_handler
from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.domain.member import Member
from loyalty.domain.packet import PacketRules
from loyalty.domain.writes import AddMember
from support.books import bring
from support.http import Http

SOON, LATER = date(2026, 12, 31), date(2027, 11, 30)
RULES = PacketRules(most_points=200, most_shares=20, hours=24, per_day=3)


@pytest.fixture(autouse=True)
def mall() -> Iterator[MemoryMall]:
    """Lin has 30 points that expire soon, and 100 that do later."""
    mall = MemoryMall(replace(ONE_YUAN_A_POINT, red_packets=RULES))
    bring(mall, {SOON: 30, LATER: 100})
    for name in ("wang", "mei"):
        mall.store.commit([AddMember(Member(name, mall.clock.now()))])
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)


@pytest.fixture
def http() -> Http:
    return Http(lambda_handler)
