"""What a submission had read is stale when it is written: it reads again and never guesses."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account
from loyalty.domain.errors import Busy, LimitReached, NotEligible, OutOfStock, QuoteChanged
from loyalty.domain.item import Item, ItemStatus, Limits
from loyalty.domain.writes import ChangeAccount, ChangeItem, Write
from loyalty.ports import Catalog, WriteRefused
from support.books import account_of, available
from support.counter import Counter, put_on_shelf
from support.shop import Shop


def changed(mall: MemoryMall, **changes: Any) -> Callable[[], None]:
    """Somebody changes ``itm_tea``."""

    def change() -> None:
        item = mall.catalog.item("itm_tea")
        assert item is not None
        mall.store.commit([ChangeItem(replace(item, version=item.version + 1, **changes))])

    return change


def test_a_price_that_changes_before_the_write_is_the_price_that_is_charged(
    mall: MemoryMall, counter: Counter
) -> None:
    mall.store.before_next_commit(changed(mall, points=15))
    assert counter.redeem(2).points == 30
    assert available(mall) == 70


def test_a_confirmed_price_that_changes_before_the_write_is_not_charged(
    mall: MemoryMall, counter: Counter
) -> None:
    mall.store.before_next_commit(changed(mall, points=15))
    with pytest.raises(QuoteChanged):
        counter.redeem(2, expected_points=20)
    assert available(mall) == 100


def test_an_item_that_leaves_the_shelf_before_the_write_is_not_sold(
    mall: MemoryMall, counter: Counter
) -> None:
    mall.store.before_next_commit(changed(mall, status=ItemStatus.OFF_SHELF))
    with pytest.raises(NotEligible) as refused:
        counter.redeem(2)
    assert refused.value.facts == {"reasons": ["off-shelf"]}


def test_the_last_piece_goes_to_one_of_two_at_once(mall: MemoryMall, counter: Counter) -> None:
    put_on_shelf(mall, "itm_last", stock=1)
    mall.store.before_next_commit(lambda: counter.redeem(1, "itm_last"))
    with pytest.raises(OutOfStock) as refused:
        counter.redeem(1, "itm_last")
    assert refused.value.facts == {"available": 0}
    assert available(mall) == 99


def test_the_last_of_a_limit_goes_to_one_of_two_at_once(mall: MemoryMall, counter: Counter) -> None:
    put_on_shelf(mall, "itm_few", limits=Limits(per_member=1))
    mall.store.before_next_commit(lambda: counter.redeem(1, "itm_few"))
    with pytest.raises(LimitReached):
        counter.redeem(1, "itm_few")
    assert available(mall) == 99


class ForgetfulCatalog:
    """Remembers one version of an item until it is asked for a newer one, as the real one may."""

    def __init__(self, catalog: Catalog, remembered: Item) -> None:
        self._catalog, self._remembered = catalog, remembered
        self.asked: list[int | None] = []

    def item(self, item_id: str, *, at_least: int | None = None) -> Item | None:
        self.asked.append(at_least)
        if at_least is not None and at_least <= self._remembered.version:
            return self._remembered
        return self._catalog.item(item_id)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._catalog, name)


def test_a_remembered_price_is_not_charged_once_the_stock_knows_a_newer_one(
    mall: MemoryMall, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    remembered = mall.catalog.item("itm_tea")
    assert remembered is not None
    changed(mall, points=15)()
    catalog = ForgetfulCatalog(mall.catalog, remembered)
    monkeypatch.setattr(mall, "catalog", catalog)
    assert counter.redeem(2).points == 30
    assert catalog.asked == [0, 2]


def test_the_account_that_a_lost_race_has_shown_is_not_read_again(
    mall: MemoryMall, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    reads = []
    read = mall.accounts.account

    def counted(member_id: str) -> Account:
        reads.append(member_id)
        return read(member_id)

    mall.store.before_next_commit(lambda: Shop(mall).pays("A2", 5))
    monkeypatch.setattr(mall.accounts, "account", counted)
    assert counter.redeem(1).points == 10
    assert reads == ["lin"]


def test_whoever_loses_every_race_is_asked_for_patience(
    mall: MemoryMall, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose(writes: Sequence[Write]) -> None:
        account = next(write for write in writes if isinstance(write, ChangeAccount))
        raise WriteRefused([(account, account_of(mall))])

    monkeypatch.setattr("loyalty.posting.ATTEMPTS", 3)
    monkeypatch.setattr(mall.store, "commit", lose)
    with pytest.raises(Busy):
        counter.redeem(1)
