"""Turning the pages of a search, while the shelf changes under it."""

from typing import Any
from urllib.parse import quote

import pytest

from loyalty.adapters.memory import MemoryMall
from support.catalogue import Operations
from support.http import Http

SHELF = "/v1/catalog/items"


@pytest.fixture
def cups(operations: Operations, mall: MemoryMall) -> list[str]:
    """Put up seven cups, at rising prices."""
    made = []
    for number in range(1, 8):
        name = {"zh": f"青瓷茶杯{number}号", "en": f"Celadon cup no. {number}"}
        made.append(operations.create(name=name, points=number * 100)["item_id"])
        mall.clock.travel(minutes=1)
    return made


def part(http: Http, query: str, cursor: str | None = None, path: str = SHELF) -> Any:
    more = f"&cursor={cursor}" if cursor else ""
    answer = http.get(f"{path}?{query}{more}", user="lin")
    assert answer.status == 200, answer.body
    return answer.body


def ids(body: Any) -> list[str]:
    return [item["item_id"] for item in body["items"]]


@pytest.mark.parametrize("words", ["茶杯", "celadon", "chabei", "cb", "celadno", "查杯"])
@pytest.mark.parametrize("order", ["", "&sort=relevance", "&sort=points", "&sort=-points"])
def test_every_match_is_shown_once(http: Http, cups: list[str], words: str, order: str) -> None:
    query = f"q={quote(words)}&limit=3{order}"
    first = part(http, query)
    second = part(http, query, first["next_cursor"])
    last = part(http, query, second["next_cursor"])
    seen = ids(first) + ids(second) + ids(last)
    assert sorted(seen) == sorted(cups)
    assert last["next_cursor"] is None
    if order == "&sort=points":
        assert seen == cups


@pytest.mark.usefixtures("cups")
def test_items_that_come_and_go_between_two_parts_shift_nothing(
    http: Http, operations: Operations
) -> None:
    whole = ids(part(http, "q=celadon"))
    first = part(http, "q=celadon&limit=3")
    operations.create(name={"en": "Celadon"})
    operations.post(f"/{whole[1]}/shelf", {"status": "off_shelf"})
    operations.post(f"/{whole[4]}/shelf", {"status": "off_shelf"})
    rest = part(http, "q=celadon&limit=9", first["next_cursor"])
    assert ids(first) + ids(rest) == [item for item in whole if item != whole[4]]


def test_a_new_name_is_found_at_once_and_the_old_one_no_more(
    http: Http, operations: Operations, cups: list[str]
) -> None:
    assert cups[0] in ids(part(http, "q=qingci"))
    operations.change(cups[0], name={"zh": "紫砂壶", "en": "Clay pot"})
    assert cups[0] not in ids(part(http, "q=qingci"))
    assert ids(part(http, "q=zishahu")) == [cups[0]]


def test_a_search_keeps_within_the_other_filters(
    http: Http, operations: Operations, cups: list[str]
) -> None:
    assert ids(part(http, "q=celadon&min_points=300&max_points=400&sort=points")) == cups[2:4]
    assert ids(part(http, "q=celadon&category=none")) == []
    other = operations.create(name={"en": "Celadn vase"}, category="vases")["item_id"]
    assert ids(part(http, "q=celadn")) == [other]
    # What is found as it was typed stands elsewhere: here, the slip is thought of.
    assert sorted(ids(part(http, "q=celadn&category=tea"))) == sorted(cups)


@pytest.mark.usefixtures("cups")
def test_a_member_without_points_can_afford_nothing_that_is_found(http: Http) -> None:
    me = "/v1/me/catalog/items"
    assert ids(part(http, "q=celadon&limit=7", path=me))
    assert ids(part(http, "q=celadon&affordable=true", path=me)) == []


@pytest.mark.usefixtures("cups")
def test_a_cursor_of_a_search_cannot_be_used_for_another_order(http: Http) -> None:
    cursor = part(http, "q=celadon&limit=3")["next_cursor"]
    answer = http.get(f"{SHELF}?sort=points&cursor={cursor}")
    assert (answer.status, answer.problem) == (422, "invalid")
