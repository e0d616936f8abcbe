"""A mall whose points live to the end of the next month, with a shop and a counter."""

from dataclasses import replace

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.domain.item import Review
from loyalty.domain.validity import Validity, ValidityKind
from support.counter import Counter, put_on_shelf
from support.shop import Shop

UNTIL_NEXT_MONTH_S_END = Validity(ValidityKind.ROLLING_MONTHS, 1)


@pytest.fixture
def mall() -> MemoryMall:
    """Noon on 2026-11-21 in Shanghai; what is earned now is valid through 2026-12-31."""
    rules = replace(ONE_YUAN_A_POINT, validity=UNTIL_NEXT_MONTH_S_END, grace_days=10)
    mall = MemoryMall(rules)
    put_on_shelf(mall, "itm_tea")
    put_on_shelf(mall, "itm_rare", review=Review.ALWAYS)
    return mall


@pytest.fixture
def shop(mall: MemoryMall) -> Shop:
    """A shop whose orders are lin's."""
    return Shop(mall)


@pytest.fixture
def counter(mall: MemoryMall) -> Counter:
    """Where lin redeems ``itm_tea``, a point each, or ``itm_rare``, which is always reviewed."""
    return Counter(mall)
