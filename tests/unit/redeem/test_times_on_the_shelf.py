"""Nothing is quoted or sold outside its time on the shelf, whatever a function remembers."""

from dataclasses import replace
from datetime import timedelta

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.errors import NotEligible
from loyalty.domain.writes import ChangeItem
from redeem.orders import Order
from redeem.service import quote_redemption
from support.counter import Counter


@pytest.fixture
def timed(mall: MemoryMall) -> str:
    """Offer the tea from the first hour on, for one hour."""
    tea = mall.catalog.item("itm_tea")
    assert tea
    now = mall.clock.now()
    begin, end = now + timedelta(hours=1), now + timedelta(hours=2)
    mall.store.commit(
        [ChangeItem(replace(tea, version=2, on_shelf_from=begin, on_shelf_until=end))]
    )
    return tea.item_id


@pytest.mark.parametrize("hours", [0, 2, 3])
def test_outside_its_time_an_item_is_refused_as_off_the_shelf(
    mall: MemoryMall, counter: Counter, timed: str, hours: int
) -> None:
    mall.clock.travel(hours=hours)
    order = Order(timed, 1)
    for ask in (
        lambda: quote_redemption(mall, "lin", order),
        lambda: counter.redeem(item_id=timed),
    ):
        with pytest.raises(NotEligible) as refused:
            ask()
        assert refused.value.facts["reasons"] == ["off-shelf"]
    stock = mall.catalog.stock(timed)
    assert stock and (stock.sold, stock.held) == (0, 0)


def test_in_its_time_it_is_sold(mall: MemoryMall, counter: Counter, timed: str) -> None:
    mall.clock.travel(hours=1)
    counter.redeem(item_id=timed)
    stock = mall.catalog.stock(timed)
    assert stock and stock.sold == 1
