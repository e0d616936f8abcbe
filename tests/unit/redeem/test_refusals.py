"""Every way an order is refused: with what decided it, and nothing done."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.errors import (
    AccountFrozen,
    Busy,
    InsufficientPoints,
    Invalid,
    LimitReached,
    LoyaltyError,
    NotEligible,
    NotFound,
    OutOfStock,
    QuoteChanged,
)
from loyalty.domain.item import ItemKind, ItemStatus, Limits
from loyalty.domain.writes import ChangeAccount, ChangeItem
from redeem.orders import PHYSICAL_DELIVERY
from support.books import account_of, facts_of
from support.counter import ADDRESS, Counter, put_on_shelf


def freeze(mall: MemoryMall) -> None:
    account = account_of(mall)
    frozen = replace(account, frozen_at=datetime(2026, 11, 21, tzinfo=UTC))
    mall.store.commit([ChangeAccount(account, frozen)])


def take_off_shelf(mall: MemoryMall) -> None:
    item = mall.catalog.item("itm_tea")
    assert item is not None
    changed = replace(item, status=ItemStatus.OFF_SHELF, version=item.version + 1)
    mall.store.commit([ChangeItem(changed)])


def nothing(_: MemoryMall) -> None:
    pass


ITEMS: dict[str, dict[str, Any]] = {
    "itm_cup": {"kind": ItemKind.PHYSICAL},
    "itm_one": {"limits": Limits(per_order=1)},
    "itm_day": {"limits": Limits(per_day=3)},
    "itm_ever": {"limits": Limits(per_member=3)},
    "itm_scarce": {"stock": 2},
    "itm_code": {"kind": ItemKind.VIRTUAL},
}

MISSING = [{"field": f"delivery.{name}", "message": "is required"} for name in PHYSICAL_DELIVERY]
WAYS = [{"way": "purchase", "points": 1, "per": "1", "currency": "CNY"}]


@pytest.mark.parametrize(
    ("first", "order", "refusal", "facts"),
    [
        (
            nothing,
            {"quantity": 11},
            InsufficientPoints,
            {"needed": 110, "available": 100, "short_by": 10, "ways_to_earn": WAYS},
        ),
        (freeze, {}, AccountFrozen, {}),
        (nothing, {"quantity": 3, "item_id": "itm_scarce"}, OutOfStock, {"available": 2}),
        (
            nothing,
            {"quantity": 2, "item_id": "itm_one"},
            LimitReached,
            {"limit": 1, "period": "order"},
        ),
        (
            nothing,
            {"quantity": 4, "item_id": "itm_day"},
            LimitReached,
            {"limit": 3, "period": "day"},
        ),
        (
            nothing,
            {"quantity": 4, "item_id": "itm_ever"},
            LimitReached,
            {"limit": 3, "period": "member"},
        ),
        (
            nothing,
            {"quantity": 49, "item_id": "itm_code"},
            LimitReached,
            {"limit": 48, "period": "order"},
        ),
        (take_off_shelf, {}, NotEligible, {"reasons": ["off-shelf"]}),
        (nothing, {"item_id": "itm_unknown"}, NotFound, {}),
        (nothing, {"item_id": "itm_cup"}, Invalid, {"errors": MISSING}),
        (
            nothing,
            {"item_id": "itm_cup", "delivery": {**ADDRESS, "city": ""}},
            Invalid,
            {"errors": [{"field": "delivery.city", "message": "is required"}]},
        ),
        (
            nothing,
            {"option": "points_cash"},
            Invalid,
            {"errors": [{"field": "option", "message": "This item is offered for points only."}]},
        ),
        (
            nothing,
            {"sku": "red"},
            Invalid,
            {
                "errors": [
                    {"field": "sku", "message": "This item has no specifications to choose from."}
                ]
            },
        ),
    ],
)
def test_a_refusal_says_why_and_nothing_is_done(
    mall: MemoryMall,
    counter: Counter,
    first: Callable[[MemoryMall], None],
    order: dict[str, Any],
    refusal: type[LoyaltyError],
    facts: dict[str, Any],
) -> None:
    for item_id, changes in ITEMS.items():
        put_on_shelf(mall, item_id, **changes)
    first(mall)
    before = (account_of(mall), facts_of(mall), mall.catalog.stocks(["itm_tea", *ITEMS]))
    with pytest.raises(refusal) as refused:
        counter.redeem(**order)
    assert refused.value.facts == facts
    assert before == (account_of(mall), facts_of(mall), mall.catalog.stocks(["itm_tea", *ITEMS]))
    assert mall.redemptions.of_member("lin").items == []


def test_a_price_that_the_member_did_not_confirm_is_not_charged(counter: Counter) -> None:
    with pytest.raises(QuoteChanged) as refused:
        counter.redeem(2, expected_points=18)
    assert refused.value.facts["quote"]["points"] == 20
    assert counter.redeem(2, expected_points=20).points == 20


def test_limits_count_all_orders_of_a_day_and_the_next_day_begins_anew(
    mall: MemoryMall, counter: Counter
) -> None:
    put_on_shelf(mall, "itm_day", limits=Limits(per_day=3))
    counter.redeem(2, "itm_day")
    with pytest.raises(LimitReached):
        counter.redeem(2, "itm_day")
    counter.redeem(1, "itm_day")
    mall.clock.travel(hours=13)
    counter.redeem(3, "itm_day")


def test_a_member_s_limit_is_for_ever_and_for_each_member(
    mall: MemoryMall, counter: Counter
) -> None:
    put_on_shelf(mall, "itm_ever", limits=Limits(per_member=3))
    counter.redeem(3, "itm_ever")
    mall.clock.travel(days=100)
    with pytest.raises(LimitReached):
        counter.redeem(1, "itm_ever")


def test_the_account_s_refusal_is_told_before_the_stock_s(
    mall: MemoryMall, counter: Counter
) -> None:
    put_on_shelf(mall, "itm_scarce", points=200, stock=0)
    with pytest.raises(InsufficientPoints):
        counter.redeem(1, "itm_scarce")


def test_a_store_without_time_is_busy_and_the_same_key_goes_through_later(
    mall: MemoryMall, counter: Counter
) -> None:
    mall.store.be_busy()
    with pytest.raises(Busy):
        counter.redeem(1, key="the-same-key")
    assert len(facts_of(mall)) == 1
    assert counter.redeem(1, key="the-same-key").points == 10
