"""One suite per port, for the fakes and for DynamoDB alike."""

from collections.abc import Iterator

import pytest

from loyalty.adapters.memory import MemoryMall
from support.stored import Stored, stored_in_moto


@pytest.fixture(params=["memory", "dynamodb"])
def mall(request: pytest.FixtureRequest) -> Iterator[Stored]:
    """Whatever keeps the ports' promises."""
    if request.param == "memory":
        yield MemoryMall()
    else:
        with stored_in_moto() as stored:
            yield stored
