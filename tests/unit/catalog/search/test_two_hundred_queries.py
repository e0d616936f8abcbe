"""People find what they mean, however they type it: measured, at the size of a large mall."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest
import yaml

from bench.shop_goods import OPENING, shop_goods
from catalog.search.index import Index
from catalog.search.lines import line_of
from catalog.search.synonyms import our_synonyms
from loyalty.domain.item import Item, ItemKind
from mall.seeds.shelf import items as demonstration

MANY, FIRST, SHARE, SHARE_OF_A_CLASS = 10_000, 5, 0.95, 0.9
QUERIES: Mapping[str, Mapping[object, str | list[str]]] = yaml.safe_load(
    Path(__file__).with_name("queries.yaml").read_text(encoding="utf-8")
)


def shown() -> list[Item]:
    return [
        Item(
            seed["slug"],
            seed["name"],
            ItemKind(seed["kind"]),
            seed["category"],
            seed["points"],
            OPENING,
            tags=tuple(seed.get("tags", ())),
        )
        for seed in demonstration()
    ]


class Searching:
    def __init__(self, items: Sequence[Item]) -> None:
        self.items = {item.item_id: item for item in items}
        self.index = Index(map(line_of, items))

    def finds(self, query: str, goal: str | list[str]) -> bool:
        scores = self.index.search(query, our_synonyms())
        first = sorted(scores, key=lambda i: (-scores[i], i))[:FIRST]
        if isinstance(goal, str):
            return goal in first
        return any(all(word in self.items[i].name["zh"] for word in goal) for i in first)

    def found(self, queries: Mapping[object, str | list[str]]) -> tuple[int, int]:
        asked = {
            str(query): goal
            for query, goal in queries.items()
            if isinstance(goal, str) or len(self.items) > MANY
        }
        return sum(self.finds(query, goal) for query, goal in asked.items()), len(asked)


@pytest.fixture(scope="module", params=[0, MANY], ids=["demonstration", "ten thousand more"])
def searching(request: pytest.FixtureRequest) -> Searching:
    return Searching([*shown(), *shop_goods(request.param)])


def test_there_are_two_hundred_queries_of_every_kind() -> None:
    assert sum(map(len, QUERIES.values())) >= 200
    assert min(map(len, QUERIES.values())) >= 5


def test_what_is_meant_is_among_the_first_five(searching: Searching) -> None:
    found, asked = (sum(n) for n in zip(*map(searching.found, QUERIES.values()), strict=True))
    assert found >= SHARE * asked, f"{found} of {asked}"


@pytest.mark.parametrize("kind", QUERIES)
def test_no_way_of_typing_is_left_behind(searching: Searching, kind: str) -> None:
    found, asked = searching.found(QUERIES[kind])
    assert found >= SHARE_OF_A_CLASS * asked, f"{found} of {asked}"
