"""What whoever remembers the shelf is told: the shelf itself, and since then what has changed."""

from dataclasses import replace

from contract.rows import item, stock
from loyalty.domain.item import ItemStatus
from loyalty.domain.writes import AddItem, ChangeItem
from support.stored import Stored


def add(mall: Stored, *item_ids: str) -> None:
    for item_id in item_ids:
        mall.store.commit([AddItem(item(item_id), stock(item_id))])


def test_the_shelf_comes_without_pictures_and_longer_texts(mall: Stored) -> None:
    bare = item(tags=("green",), reading="long jing cha", market_price="118.00")
    full = replace(bare, description={"zh": "明前"}, terms={"zh": "先到"}, pictures=("tea.svg",))
    mall.store.commit([AddItem(full, stock())])
    assert list(mall.catalog.on_shelf()) == [bare]


def test_several_items_are_read_whole_and_in_order(mall: Stored) -> None:
    add(mall, "tea", "cup", "pot")
    found = mall.catalog.items(["pot", "ghost", "tea"])
    assert list(found.items()) == [("pot", item("pot")), ("tea", item("tea"))]
    assert mall.catalog.items([]) == {}


def test_what_was_changed_since_a_mark_is_named_with_its_version(mall: Stored) -> None:
    begin = mall.catalog.changed_since(None)
    assert begin.versions == {}
    add(mall, "tea", "cup")
    mall.store.commit([ChangeItem(item("tea", points=900, version=2))])
    off = item("tea", status=ItemStatus.OFF_SHELF, version=3)
    mall.store.commit([ChangeItem(off)])
    assert mall.catalog.changed_since(begin.mark).versions == {"tea": 3, "cup": 1}


def test_no_change_is_lost_between_two_marks(mall: Stored) -> None:
    mark = mall.catalog.changed_since(None).mark
    seen: dict[str, int] = {}
    for item_id in ("tea", "cup", "pot"):
        add(mall, item_id)
        changes = mall.catalog.changed_since(mark)
        seen, mark = {**seen, **changes.versions}, changes.mark
    assert seen == {"tea": 1, "cup": 1, "pot": 1}
