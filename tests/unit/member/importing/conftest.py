"""Members whose balances come from another system."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from loyalty import auditing
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.member import CustomerLink, Member
from loyalty.domain.writes import AddLink, AddMember
from member.importing import booking, undoing


@pytest.fixture(autouse=True)
def people(mall: MemoryMall) -> None:
    """Lin and Wang are members; Lin is a shop's customer, and has a phone."""
    now = mall.clock.now()
    mall.store.commit([AddMember(Member("lin", now, phone="+8613800138000"))])
    mall.store.commit([AddMember(Member("wang", now, email="wang@example.com"))])
    mall.store.commit([AddLink(CustomerLink("shopify", "7001", "lin", now, "admin"))])


@pytest.fixture
def once_audited(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Arrange something between an act's audit record and the lines themselves."""

    def arrange(then: Callable[[], object]) -> None:
        waiting = [then]
        for module in (booking, undoing):
            monkeypatch.setattr(module, "commit_once", partial(_and_then, waiting))

    return arrange


def _and_then(waiting: list[Callable[[], object]], *about: Any) -> Any:
    done = auditing.commit_once(*about)
    if waiting:
        waiting.pop()()
    return done
