"""A mall in memory whose programme knows activities, and the door to them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from earn.activity_handler import lambda_handler
from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.domain.check_in import CheckInRules, RepairRules
from support.http import Http

RULES = CheckInRules(
    ladder=(1, 2, 3, 4, 5, 6, 7), week_bonus=5, month_bonus=30, repair=RepairRules(price=10)
)
PROGRAMME = replace(ONE_YUAN_A_POINT, check_ins=RULES)


@pytest.fixture(autouse=True)
def mall() -> Iterator[MemoryMall]:
    mall = MemoryMall(PROGRAMME)
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)


@pytest.fixture
def http() -> Http:
    return Http(lambda_handler)
