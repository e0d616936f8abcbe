"""A mall in memory, and the insight function's door to it."""

from collections.abc import Iterator

import pytest

from insight.api_handler import lambda_handler
from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from support.http import Http


@pytest.fixture(autouse=True)
def mall() -> Iterator[MemoryMall]:
    mall = MemoryMall()
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)


@pytest.fixture
def http() -> Http:
    return Http(lambda_handler)
