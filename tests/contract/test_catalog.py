from dataclasses import replace

from contract.rows import item, refusal, stock
from loyalty.domain.item import ItemKind, ItemStatus, Limits, Review
from loyalty.domain.writes import AddItem, ChangeItem
from support.stored import Stored


def add(mall: Stored, *item_ids: str) -> None:
    for minutes, item_id in enumerate(item_ids):
        mall.store.commit([AddItem(item(item_id, minutes=minutes), stock(item_id))])


def test_there_is_no_item_at_first(mall: Stored) -> None:
    assert mall.catalog.item("tea") is None
    assert mall.catalog.stock("tea") is None


def test_an_item_comes_back_with_all_that_is_said_of_it(mall: Stored) -> None:
    full = item(
        description={"zh": "明前", "en": "Before Qingming"},
        terms={"en": "While stocks last"},
        kind=ItemKind.VIRTUAL,
        tags=("green", "spring"),
        pictures=("tea.svg",),
        review=Review.ALWAYS,
        limits=Limits(per_order=5, per_member=10),
        market_price="118.00",
    )
    mall.store.commit([AddItem(full, stock())])
    assert mall.catalog.item("tea") == full
    assert mall.catalog.stock("tea") == stock()


def test_an_items_id_is_taken_once(mall: Stored) -> None:
    add(mall, "tea")
    again = AddItem(item(points=1), stock(on_hand=99))
    assert refusal(mall, again) == [(again, item())]
    assert mall.catalog.stock("tea") == stock()


def test_a_changed_item_and_its_stock_agree_on_version_and_shelf(mall: Stored) -> None:
    add(mall, "tea")
    changed = item(points=900, status=ItemStatus.OFF_SHELF, version=2)
    mall.store.commit([ChangeItem(changed)])
    assert mall.catalog.item("tea") == changed
    assert mall.catalog.stock("tea") == replace(stock(), item_version=2, on_shelf=False)


def test_an_item_that_was_changed_since_tells_how_it_stands(mall: Stored) -> None:
    add(mall, "tea")
    changed = item(points=900, version=2)
    mall.store.commit([ChangeItem(changed)])
    late = ChangeItem(item(points=800, version=2))
    assert refusal(mall, late) == [(late, changed)]
    assert mall.catalog.stock("tea") == replace(stock(), item_version=2)


def test_an_item_that_does_not_exist_cannot_be_changed(mall: Stored) -> None:
    change = ChangeItem(item(version=2))
    assert refusal(mall, change) == [(change, None)]


def test_a_remembered_item_will_do_where_a_version_at_least_as_new_is_asked_for(
    mall: Stored,
) -> None:
    add(mall, "tea")
    assert mall.catalog.item("tea", at_least=1) == item()
    changed = item(points=900, version=2)
    mall.store.commit([ChangeItem(changed)])
    assert mall.catalog.item("tea", at_least=2) == changed


def test_an_item_asked_for_without_a_version_is_as_it_is_now(mall: Stored) -> None:
    add(mall, "tea")
    assert mall.catalog.item("tea") == item()
    changed = item(points=900, version=2)
    mall.store.commit([ChangeItem(changed)])
    assert mall.catalog.item("tea") == changed


def test_an_item_off_the_shelf_is_not_remembered(mall: Stored) -> None:
    mall.store.commit([AddItem(item(status=ItemStatus.DRAFT), replace(stock(), on_shelf=False))])
    assert mall.catalog.item("tea", at_least=0) == item(status=ItemStatus.DRAFT)
    mall.store.commit([ChangeItem(item(version=2))])
    assert mall.catalog.item("tea", at_least=0) == item(version=2)


def test_the_stock_of_several_items_leaves_out_those_that_do_not_exist(mall: Stored) -> None:
    add(mall, "tea", "cup")
    assert mall.catalog.stocks(["cup", "ghost", "tea", "cup"]) == {
        "cup": stock("cup"),
        "tea": stock("tea"),
    }
    assert mall.catalog.stocks([]) == {}


def test_the_stock_of_more_items_than_one_reading_takes_is_found(mall: Stored) -> None:
    ids = [f"item-{n}" for n in range(103)]
    for item_id in ids:
        mall.store.commit([AddItem(item(item_id), stock(item_id))])
    assert set(mall.catalog.stocks(ids)) == set(ids)


def test_the_shelf_shows_newest_items_first_and_only_what_is_on_it(mall: Stored) -> None:
    add(mall, "tea", "cup", "pot")
    draft = item("draft", status=ItemStatus.DRAFT)
    mall.store.commit([AddItem(draft, stock("draft"))])
    mall.store.commit([ChangeItem(item("cup", minutes=1, status=ItemStatus.OFF_SHELF, version=2))])
    assert [shown.item_id for shown in mall.catalog.on_shelf()] == ["pot", "tea"]


def test_an_item_comes_back_to_its_place_on_the_shelf(mall: Stored) -> None:
    add(mall, "tea", "cup")
    tea = item("tea", version=2, status=ItemStatus.OFF_SHELF)
    mall.store.commit([ChangeItem(tea)])
    back = replace(tea, version=3, status=ItemStatus.ON_SHELF)
    mall.store.commit([ChangeItem(back)])
    assert list(mall.catalog.on_shelf()) == [item("cup", minutes=1), back]


def test_all_items_are_listed_newest_first_whatever_their_status_in_parts(mall: Stored) -> None:
    add(mall, "a", "b", "c", "d")
    hidden = item("c", minutes=2, status=ItemStatus.OFF_SHELF, version=2)
    mall.store.commit([ChangeItem(hidden)])
    first = mall.catalog.all_items(limit=2)
    second = mall.catalog.all_items(limit=2, position=first.next_position)
    assert [*first.items, *second.items] == [
        item("d", minutes=3),
        hidden,
        item("b", minutes=1),
        item("a"),
    ]
    assert second.next_position is None
