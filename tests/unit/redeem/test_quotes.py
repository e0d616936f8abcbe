"""What an order would cost, and what stands against it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.errors import NotFound
from loyalty.domain.writes import ChangeAccount, ChangeItem
from redeem.orders import Order
from redeem.service import quote_redemption
from support.books import account_of, facts_of
from support.counter import Counter, put_on_shelf


def test_a_quote_is_the_price_that_is_charged(mall: MemoryMall, counter: Counter) -> None:
    quote = quote_redemption(mall, "lin", Order("itm_tea", 3))
    assert (quote.points, quote.eligible, quote.reasons) == (30, True, ())
    assert [(line.label, line.points) for line in quote.lines] == [("龙井茶 × 3", 30)]
    assert quote.expires_at == mall.clock.now() + timedelta(minutes=15)
    assert counter.redeem(3, expected_points=quote.points).points == 30


def test_a_quote_changes_nothing(mall: MemoryMall) -> None:
    before = (account_of(mall), facts_of(mall), mall.catalog.stock("itm_tea"))
    quote_redemption(mall, "lin", Order("itm_tea", 3))
    assert before == (account_of(mall), facts_of(mall), mall.catalog.stock("itm_tea"))


def test_a_quote_says_everything_that_stands_against_the_order(mall: MemoryMall) -> None:
    put_on_shelf(mall, "itm_dear", points=101, stock=1)
    account = account_of(mall)
    mall.store.commit([ChangeAccount(account, replace(account, frozen_at=mall.clock.now()))])
    quote = quote_redemption(mall, "lin", Order("itm_dear", 2))
    assert quote.reasons == ("account-frozen", "insufficient-points", "out-of-stock")
    assert not quote.eligible


def test_points_that_have_lapsed_do_not_make_an_order_eligible(mall: MemoryMall) -> None:
    mall.clock.travel(days=400)
    assert quote_redemption(mall, "lin", Order("itm_tea", 1)).reasons == ("insufficient-points",)


def test_a_quote_of_a_changed_item_is_another_quote(mall: MemoryMall) -> None:
    first = quote_redemption(mall, "lin", Order("itm_tea", 1))
    assert quote_redemption(mall, "lin", Order("itm_tea", 1)).quote_id == first.quote_id
    item = mall.catalog.item("itm_tea")
    assert item is not None
    mall.store.commit([ChangeItem(replace(item, points=11, version=2))])
    assert quote_redemption(mall, "lin", Order("itm_tea", 1)).quote_id != first.quote_id


def test_there_is_no_quote_for_what_there_is_not(mall: MemoryMall) -> None:
    with pytest.raises(NotFound):
        quote_redemption(mall, "lin", Order("itm_unknown", 1))
