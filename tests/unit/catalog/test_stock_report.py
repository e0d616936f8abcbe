"""What runs short, what is sold out since when, what nobody wants, and how many to order."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from catalog.replenishing import Flag, Outlook, Plan, outlook
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.item import Item, ItemKind, Stock
from loyalty.domain.writes import AddAudit, TakeStock
from support.catalogue import Operations
from support.http import Http

TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
PLAN = Plan(TODAY, NOW, cover_days=30, lead_days=7)
LONG_AGO = NOW - timedelta(days=200)
TEA = Item("tea", {"zh": "茶"}, ItemKind.PHYSICAL, "tea", 10, LONG_AGO)
REPORT = "/v1/admin/items/stock-report"


def seen(taken: dict[int, int], on_hand: int = 40, **changes: Any) -> Outlook:
    """Look at an item of which so many pieces were taken so many days ago."""
    item = replace(TEA, **{k: v for k, v in changes.items() if k != "last_taken_at"})
    stock = Stock(
        "tea",
        on_hand,
        taken={TODAY - timedelta(days=ago): pieces for ago, pieces in taken.items()},
        last_taken_at=changes.get("last_taken_at"),
    )
    return outlook(item, stock, item.created_at.date(), PLAN)


def test_stock_lasts_as_long_as_the_last_thirty_days_say() -> None:
    shown = seen({0: 15, 29: 45, 30: 1_000}, on_hand=41)
    assert (shown.redeemed, shown.per_day, shown.days_of_cover) == (60, Decimal(2), 20)
    assert shown.reorder == 2 * 37 - 41
    assert shown.flags == (Flag.SHORT_COVER,)


def test_what_lasts_long_enough_needs_no_order() -> None:
    shown = seen({1: 30}, on_hand=500)
    assert (shown.days_of_cover, shown.reorder, shown.flags) == (500, 0, ())


def test_a_new_item_is_judged_by_the_days_that_it_had() -> None:
    shown = seen({0: 10, 4: 10}, created_at=NOW - timedelta(days=4))
    assert shown.per_day == Decimal(4)


def test_days_without_stock_count_for_nobody() -> None:
    gone = NOW - timedelta(days=20)
    shown = seen({29: 10, 20: 10}, on_hand=0, last_taken_at=gone)
    assert (shown.per_day, shown.sold_out_since) == (Decimal(2), gone)


@pytest.mark.parametrize(
    ("hours", "flags"),
    [(71, (Flag.SOLD_OUT,)), (72, (Flag.SOLD_OUT, Flag.LONG_SOLD_OUT))],
)
def test_three_days_without_stock_are_too_long(hours: int, flags: tuple[Flag, ...]) -> None:
    assert seen({}, on_hand=0, last_taken_at=NOW - timedelta(hours=hours)).flags == flags


def test_an_item_that_never_had_stock_is_sold_out_since_it_was_made() -> None:
    assert seen({}, on_hand=0).sold_out_since == LONG_AGO


@pytest.mark.parametrize(("on_hand", "is_low"), [(5, True), (6, False)])
def test_operators_are_told_when_stock_is_low(on_hand: int, is_low: bool) -> None:
    shown = seen({0: 1}, on_hand=on_hand, low_stock_at=5)
    assert (Flag.LOW_STOCK in shown.flags) is is_low


@pytest.mark.parametrize(("age_days", "is_slow"), [(28, False), (29, True)])
def test_what_nobody_wants_for_thirty_days_is_slow(age_days: int, is_slow: bool) -> None:
    shown = seen({31: 9}, created_at=NOW - timedelta(days=age_days))
    assert (Flag.SLOW_MOVER in shown.flags) is is_slow
    assert (shown.days_of_cover, shown.reorder) == (None, 0)


@pytest.fixture
def shelf(operations: Operations, mall: MemoryMall) -> dict[str, str]:
    """Put up four items that were redeemed more or less, a month ago and since."""
    made = {
        name: operations.create(stock=stock)["item_id"]
        for name, stock in (("gone", 3), ("hot", 100), ("calm", 100), ("slow", 9))
    }
    operations.create(status="draft")
    mall.clock.travel(days=40)
    now = mall.clock.now()
    for name, pieces in (("gone", 3), ("hot", 90), ("calm", 1)):
        fence = AddAudit(replace(mall.audit[0], act_id=f"sale of {name}"))
        day = mall.programmes.live().today(now)
        mall.store.commit([fence, TakeStock(made[name], pieces, 1, on=day, at=now)])
    mall.clock.travel(hours=1)
    return {item_id: name for name, item_id in made.items()}


def report(http: Http, query: str = "") -> Any:
    answer = http.get(f"{REPORT}?{query}", user="auditor-sub", groups=["auditor"])
    assert answer.status == 200, answer.body
    return answer.body


def test_the_report_puts_first_what_ends_first(http: Http, shelf: dict[str, str]) -> None:
    items = report(http)["items"]
    assert [shelf[one["item_id"]] for one in items] == ["gone", "hot", "calm", "slow"]
    assert [one["flags"] for one in items] == [["sold-out"], ["short-cover"], [], ["slow-mover"]]
    assert items[1] | {"item_id": "", "name": {}} == {
        "item_id": "",
        "name": {},
        "kind": "physical",
        "category": "tea",
        "stock": 10,
        "held": 0,
        "low_stock_at": None,
        "redeemed_30_days": 90,
        "per_day": "3.00",
        "days_of_cover": 3,
        "reorder": 101,
        "sold_out_since": None,
        "flags": ["short-cover"],
    }


def test_the_report_is_read_in_parts_and_by_flag(http: Http, shelf: dict[str, str]) -> None:
    first = report(http, "limit=3")
    rest = report(http, f"limit=3&cursor={first['next_cursor']}")
    assert [shelf[one["item_id"]] for one in first["items"] + rest["items"]] == [
        *("gone", "hot", "calm", "slow")
    ]
    assert rest["next_cursor"] is None
    assert [shelf[one["item_id"]] for one in report(http, "flag=slow-mover")["items"]] == ["slow"]
    assert report(http, "flag=sold-out-long")["items"] == []
    assert report(http, "cover_days=1&lead_days=0&flag=short-cover")["items"] == []


def test_an_alert_can_be_set_and_taken_away(http: Http, operations: Operations) -> None:
    item_id = operations.create(stock=5, low_stock_at=5)["item_id"]
    assert report(http)["items"][0]["flags"] == ["low-stock"]
    assert operations.change(item_id, low_stock_at=None).body["low_stock_at"] is None
    assert report(http)["items"][0]["flags"] == []


def test_members_are_told_nothing_of_it(http: Http) -> None:
    assert http.get(REPORT, user="lin").status == 403
