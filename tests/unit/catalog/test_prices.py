"""Operators say what an item costs besides its list price, and take it back."""

from typing import Any

import pytest

from loyalty.adapters.memory import MemoryMall
from support.catalogue import Operations, item_form

SALE = {"percent": 80, "starts_at": "2026-11-27T00:00:00Z", "ends_at": "2026-11-28T00:00:00Z"}
OFFERS = {
    "tier_prices": {"gold": 1000, "silver": 1100},
    "only_tiers": ["gold", "silver"],
    "limited_price": SALE,
    "bundle": {"pieces": 3, "points": 3000},
    "newcomer_days": 30,
}


def test_prices_are_shown_as_they_were_given(operations: Operations) -> None:
    made = operations.create(**OFFERS)
    assert {name: made[name] for name in OFFERS} == OFFERS
    assert operations.get(f"/{made['item_id']}").body == made


def test_a_change_of_one_price_leaves_the_others_and_null_takes_one_away(
    operations: Operations, mall: MemoryMall
) -> None:
    made = operations.create(**OFFERS)
    changed = operations.change(made["item_id"], limited_price=None, tier_prices={}).body
    assert (changed["limited_price"], changed["tier_prices"]) == (None, {})
    assert changed["bundle"] == OFFERS["bundle"]
    (act,) = (record for record in mall.audit if record.act == "item.change")
    assert act.before == {
        "limited_price": {
            "percent": 80,
            "starts_at": "2026-11-27T00:00:00+00:00",
            "ends_at": "2026-11-28T00:00:00+00:00",
        },
        "tier_prices": OFFERS["tier_prices"],
    }


@pytest.mark.parametrize(
    ("offer", "named"),
    [
        ({"tier_prices": {"gold": 0}}, "tier_prices.gold"),
        ({"bundle": {"pieces": 1, "points": 10}}, "bundle.pieces"),
        ({"limited_price": {**SALE, "percent": 100}}, "limited_price.percent"),
        ({"limited_price": {**SALE, "ends_at": SALE["starts_at"]}}, "limited_price"),
        ({"newcomer_days": 0}, "newcomer_days"),
    ],
)
def test_a_price_that_cannot_be_is_refused(
    operations: Operations, offer: dict[str, Any], named: str
) -> None:
    answer = operations.post("", item_form(**offer))
    assert (answer.status, answer.body["errors"][0]["field"]) == (422, named)
