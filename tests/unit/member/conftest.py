"""A mall in memory, and the member function's door to it."""

from collections.abc import Iterator

import pytest

from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from member.api_handler import lambda_handler
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
