"""One suite per port, for the fakes and for DynamoDB alike.

DynamoDB is moto, in this process, and the emulator, which is as strict as AWS about expressions.
"""

from collections.abc import Iterator

import pytest

from loyalty.adapters.memory import MemoryMall
from support.emulated import EmulatedMall, emulator
from support.stored import Stored, stored_in_moto

__all__ = ["emulator", "mall"]

KEPT_IN = [
    "memory",
    "moto",
    pytest.param("emulator", marks=[pytest.mark.stack, pytest.mark.xdist_group("emulator")]),
]


@pytest.fixture(params=KEPT_IN)
def mall(request: pytest.FixtureRequest) -> Iterator[Stored]:
    """Whatever keeps the ports' promises."""
    match request.param:
        case "memory":
            yield MemoryMall()
        case "moto":
            with stored_in_moto() as stored:
                yield stored
        case "emulator":
            emulated = EmulatedMall(request.getfixturevalue("emulator"))
            yield emulated
            emulated.remove()
