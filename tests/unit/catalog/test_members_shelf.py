from datetime import date

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account
from loyalty.domain.writes import ChangeAccount
from support.catalogue import Operations
from support.http import Http

SHELF = "/v1/me/catalog/items"


@pytest.fixture
def prices(operations: Operations) -> list[int]:
    prices = [100, 500, 501, 900]
    for points in prices:
        operations.create(points=points)
    return prices


@pytest.fixture(autouse=True)
def _lin_has_500_points_and_700_that_have_lapsed(mall: MemoryMall) -> None:
    before = Account("lin")
    lots = {date(2026, 11, 20): 700, date(2026, 11, 30): 200, date(2027, 11, 30): 300}
    mall.store.commit([ChangeAccount(before, Account("lin", lots=lots))])


def test_members_see_the_whole_shelf(http: Http, prices: list[int]) -> None:
    assert _points(http, "sort=points") == prices


@pytest.mark.usefixtures("prices")
def test_affordable_is_what_the_points_that_can_be_spent_are_enough_for(http: Http) -> None:
    assert _points(http, "sort=points&affordable=true") == [100, 500]
    assert _points(http, "sort=points&affordable=true&max_points=400") == [100]
    assert _points(http, "sort=points&affordable=true&max_points=900") == [100, 500]


def test_affordable_false_is_no_filter(http: Http, prices: list[int]) -> None:
    assert _points(http, "sort=points&affordable=false") == prices


@pytest.mark.usefixtures("prices")
def test_who_has_no_points_can_afford_nothing(http: Http) -> None:
    assert http.get(f"{SHELF}?affordable=true", user="wang").body["items"] == []


def test_a_member_sees_an_item_as_everybody_does(http: Http, operations: Operations) -> None:
    item_id = operations.create()["item_id"]
    own = http.get(f"{SHELF}/{item_id}", user="lin")
    assert own.body == http.get(f"/v1/catalog/items/{item_id}").body


@pytest.mark.usefixtures("prices")
def test_affordable_is_for_members_only(http: Http) -> None:
    answer = http.get("/v1/catalog/items?affordable=true")
    assert (answer.status, answer.problem) == (422, "invalid")


def _points(http: Http, query: str) -> list[int]:
    answer = http.get(f"{SHELF}?{query}", user="lin")
    assert answer.status == 200, answer.body
    return [item["points"] for item in answer.body["items"]]
