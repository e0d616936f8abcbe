"""What a search finds, leaves out, and puts first."""

import pytest

from bench.shop_goods import OPENING
from catalog.search.index import Index
from catalog.search.lines import line_of
from catalog.search.synonyms import Synonyms, our_synonyms
from loyalty.domain.item import Item, ItemKind

NAMES = {
    "cup": ("茶杯", "Tea cup"),
    "saucer": ("茶杯垫", "Saucer for a tea cup"),
    "tea": ("龙井绿茶礼盒", "Longjing green tea, gift box"),
    "pen": ("钢笔", "Fountain pen"),
    "cable": ("USB充电线", "USB cable"),
    "film": ("电影票", "Cinema ticket"),
    "pan": ("Crêpe pan", "Crêpe pan"),
}


def item(item_id: str, zh: str, en: str, *tags: str) -> Item:
    name = {"zh": zh, "en": en}
    return Item(item_id, name, ItemKind.PHYSICAL, "things", 1, OPENING, tags=tags)


INDEX = Index(line_of(item(item_id, *name)) for item_id, name in NAMES.items())


def found(query: str, index: Index = INDEX, synonyms: Synonyms | None = None) -> list[str]:
    scores = index.search(query, synonyms or our_synonyms())
    return sorted(scores, key=lambda item_id: (-scores[item_id], item_id))


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("茶杯", "cup"),
        ("茶杯垫", "saucer"),
        ("礼盒龙井", "tea"),
        ("longjing", "tea"),
        ("lj", "tea"),
        ("ljlc", "tea"),
        ("龙井 gift", "tea"),
        ("龍井", "tea"),
        ("笼井", "tea"),
        ("usbchongdianxian", "cable"),
        ("u盘", "cable"),
        ("fontain", "pen"),
        ("fountainpen", "pen"),
        ("crepe", "pan"),
        ("CRÊPE", "pan"),
        ("movie", "film"),
    ],
)
def test_what_is_meant_comes_first(query: str, first: str) -> None:
    assert found(query)[0] == first


@pytest.mark.parametrize("query", ["", "  ", "!?", "zzzz", "qqqqqqqq", "鑫", "12345"])
def test_what_nobody_sells_is_not_found(query: str) -> None:
    assert found(query) == []


def test_what_is_found_as_it_was_typed_hides_what_is_only_like_it() -> None:
    assert found("pen") == ["pen"]
    assert found("pan") == ["pan"]


def test_all_words_count_and_a_missing_one_costs() -> None:
    assert found("green tea") == ["tea"]
    assert set(found("tea cup")) == {"cup", "saucer"}


def test_saying_it_again_or_going_on_for_ever_changes_nothing() -> None:
    assert found("tea tea tea cup tea cup") == found("tea cup")
    assert found("龙井" * 200) == found("龙井" * 15)
    twelve = "longjing green tea gift box " + " ".join(f"w{chr(n)}" for n in range(97, 104))
    assert found(f"{twelve} fountain pen cable") == found(twelve)


def test_a_letter_or_two_begin_a_word_and_stand_nowhere_else() -> None:
    assert set(found("fo")) == {"pen", "saucer"}  # a saucer *for* a cup
    assert "pen" not in found("in")


def test_a_score_depends_on_no_other_item() -> None:
    alone = Index([line_of(item("tea", *NAMES["tea"]))])
    for query in ("longjing", "笼井", "green tee", "礼盒龙井"):
        among_all = INDEX.search(query, our_synonyms())["tea"]
        assert alone.search(query, our_synonyms())["tea"] == among_all


def test_a_name_says_more_than_a_tag() -> None:
    index = Index([line_of(item("a", "杯", "Mug", "steel")), line_of(item("b", "盘", "Steel pan"))])
    assert found("steel", index) == ["b", "a"]


def test_words_of_a_group_stand_for_each_other_in_both_languages_and_in_phrases() -> None:
    merchants = Synonyms([["影票", "silver screen pass", "movie"]])
    for query in ("影票", "Silver Screen Pass", "movie"):
        assert found(query, synonyms=merchants)[0] == "film", query
    none = Synonyms([])
    assert found("silver screen pass", synonyms=none) == []


def test_a_shelf_without_items_finds_nothing() -> None:
    assert Index([]).search("茶 tea cha", our_synonyms()) == {}
