from collections.abc import Iterator

import pytest

from loyalty.adapters.dynamodb import catalog
from loyalty.domain.item import Item, ItemKind, Stock
from loyalty.domain.writes import AddItem, ChangeItem
from support.happenings import NOW
from support.stored import StoredInDynamo, stored_in_moto

TEA = Item("tea", {"en": "Tea"}, ItemKind.PHYSICAL, "tea", 1200, NOW)
CHEAPER = Item("tea", {"en": "Tea"}, ItemKind.PHYSICAL, "tea", 900, NOW, version=2)


@pytest.fixture
def stored(monkeypatch: pytest.MonkeyPatch) -> Iterator[StoredInDynamo]:
    monkeypatch.setattr(catalog, "monotonic", lambda: 1000.0)
    with stored_in_moto() as stored:
        stored.store.commit([AddItem(TEA, Stock("tea", 10))])
        stored.catalog.item("tea")
        stored.store.commit([ChangeItem(CHEAPER)])
        yield stored


def test_an_item_is_remembered_for_whoever_names_the_version_it_charges(
    stored: StoredInDynamo,
) -> None:
    assert stored.catalog.item("tea", at_least=0) == TEA
    assert stored.catalog.item("tea", at_least=1) == TEA


def test_a_newer_version_is_read_anew_and_remembered(stored: StoredInDynamo) -> None:
    assert stored.catalog.item("tea", at_least=2) == CHEAPER
    assert stored.catalog.item("tea", at_least=0) == CHEAPER


def test_who_asks_for_the_item_as_it_is_gets_it_so(stored: StoredInDynamo) -> None:
    assert stored.catalog.item("tea") == CHEAPER


def test_an_item_is_forgotten_after_some_seconds(
    stored: StoredInDynamo, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalog, "monotonic", lambda: 1005.1)
    assert stored.catalog.item("tea", at_least=0) == CHEAPER
