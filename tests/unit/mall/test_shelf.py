from pathlib import Path
from xml.etree import ElementTree

import pytest

from catalog.forms import NewItem
from mall.seeds import shelf

PICTURES = Path(shelf.__file__).parent / "pictures"
ITEMS = shelf.items()


def test_the_shelf_is_full_enough_to_look_at() -> None:
    assert len(ITEMS) >= 24
    assert {item["kind"] for item in ITEMS} == {"physical", "virtual", "service"}
    assert {item.get("review", "auto") for item in ITEMS} == {"never", "always", "auto"}


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: str(item["slug"]))
def test_each_item_is_one_that_the_catalogue_takes(item: shelf.Seed) -> None:
    form = {name: value for name, value in item.items() if name not in {"slug", "codes"}}
    made = NewItem.model_validate({"stock": 0, **form})
    for text in (made.name, made.description, made.terms):
        assert text.zh and text.en


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: str(item["slug"]))
def test_each_item_has_a_picture_with_a_title_and_nothing_that_runs(item: shelf.Seed) -> None:
    picture = PICTURES / f"{item['slug']}.svg"
    root = ElementTree.parse(picture).getroot()  # noqa: S314 (drawn here)
    names = {element.tag.partition("}")[2] for element in root.iter()}
    assert "title" in names
    assert names.isdisjoint({"script", "image", "foreignObject", "use", "a"})


def test_no_picture_is_left_over() -> None:
    assert {path.stem for path in PICTURES.iterdir()} == {item["slug"] for item in ITEMS}


def test_what_is_handed_over_as_a_code_has_codes_and_nothing_else_has() -> None:
    for item in ITEMS:
        assert bool(item.get("codes")) == (item["kind"] == "virtual"), item["slug"]


def test_codes_are_the_same_each_time_and_all_different() -> None:
    codes = shelf.make_codes("coffee-voucher", 200)
    assert codes == shelf.make_codes("coffee-voucher", 200)
    assert len({*codes, *shelf.make_codes("e-book", 200)}) == 400
