"""What the catalogue's acts cost, counted by the emulator as AWS counts."""

from datetime import timedelta

import pytest

from catalog.editing import change_item, create_item
from catalog.remembered import remembered_shelf
from loyalty.domain.audit import Operator
from loyalty.domain.item import ItemKind
from loyalty.domain.writes.catalog import DAYS_KEPT
from support.counter import Counter, put_on_shelf
from support.emulated import EmulatedMall
from support.shop import Shop

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]

BOSS = Operator("boss", "admin", "request-1")
TEA = {
    "name": {"zh": "龙井茶", "en": "Longjing tea"},
    "kind": ItemKind.PHYSICAL,
    "category": "tea",
    "points": 100,
}


def test_an_item_costs_twelve_units_to_make_and_ten_to_change(emulated: EmulatedMall) -> None:
    with emulated.meter.bill() as bill:
        made = create_item(emulated, BOSS, "key-000001", TEA, 9)
    assert bill.writes == [12]
    with emulated.meter.bill() as bill:
        change_item(emulated, BOSS, made.item.item_id, {"points": 90})
    assert bill.writes == [10]


def test_what_is_remembered_costs_one_reading_to_keep_up(emulated: EmulatedMall) -> None:
    put_on_shelf(emulated)
    remembered_shelf(emulated)
    with emulated.meter.bill() as bill:
        assert set(remembered_shelf(emulated).items) == {"itm_tea"}
    assert [name for name, _ in bill.requests] == ["Query"]


def test_counting_a_months_days_costs_a_redemption_nothing(emulated: EmulatedMall) -> None:
    Shop(emulated).pays("A1", 1_000)
    put_on_shelf(emulated, points=1, stock=100)
    counter = Counter(emulated)
    costs = []
    for _ in range(DAYS_KEPT + 9):
        with emulated.meter.bill() as bill:
            counter.redeem()
        costs.append(bill.writes)
        emulated.clock.travel(days=1)
    assert costs == [[10]] * len(costs)
    stock = emulated.catalog.stock("itm_tea")
    assert stock and len(stock.taken) == DAYS_KEPT
    assert max(stock.taken) - min(stock.taken) == timedelta(days=DAYS_KEPT - 1)
