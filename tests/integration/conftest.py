"""Tests on a real emulator: one DynamoDB for all that need no more of the stack."""

from collections.abc import Iterator

import pytest

from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from support.emulated import EmulatedMall, emulator

__all__ = ["emulated", "emulator"]


@pytest.fixture
def emulated(emulator: str) -> Iterator[EmulatedMall]:
    """A mall of fresh tables in the emulator, with the tests' rules."""
    mall = EmulatedMall(emulator)
    mall.programmes.publish(ONE_YUAN_A_POINT)
    mall.programmes.live()
    mall.campaigns.in_play(mall.clock.now().date())
    yield mall
    mall.remove()
