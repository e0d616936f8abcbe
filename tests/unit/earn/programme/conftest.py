"""A mall in memory, and operators at work on its rules."""

from collections.abc import Iterator

import pytest

from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from support.rules import Rules


@pytest.fixture(autouse=True)
def mall() -> Iterator[MemoryMall]:
    mall = MemoryMall()
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)


@pytest.fixture
def rules() -> Rules:
    return Rules()
