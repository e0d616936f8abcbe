"""A mall with a member who has a hundred points, and a counter to spend them at."""

import pytest

from loyalty.adapters.memory import MemoryMall
from support.counter import Counter, put_on_shelf
from support.shop import Shop


@pytest.fixture
def mall() -> MemoryMall:
    """Noon on 2026-11-21 in Shanghai; lin has 100 points, valid through 2027-11-30."""
    mall = MemoryMall()
    Shop(mall).pays("A1", 100)
    put_on_shelf(mall, "itm_tea", points=10, stock=20)
    return mall


@pytest.fixture
def counter(mall: MemoryMall) -> Counter:
    """Where lin redeems ``itm_tea``: a service at ten points that nobody reviews."""
    return Counter(mall)
