"""The shelf as warm functions remember it, many at a time: searched, and never out of date."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from stack import LocalStack
from support.visits import member_with, outcome, post, put_on_shelf, redeem

pytestmark = pytest.mark.stack

AT_ONCE = 6


def found(http: httpx.Client, words: str) -> list[dict[str, Any]]:
    """Search the shelf."""
    answer = http.get("/v1/catalog/items", params={"q": words}).raise_for_status()
    shown: list[dict[str, Any]] = answer.json()["items"]
    return shown


@pytest.mark.parametrize(
    "words", ["紫藤描金团扇", "ziteng tuanshan", "ztmjts", "紫腾描金团扇", "wisteria fann"]
)
def test_an_item_is_found_however_it_is_typed(stack: LocalStack, words: str) -> None:
    tag = uuid4().hex[:8]
    name = {"zh": "紫藤描金团扇", "en": "Wisteria fan"}
    put_on_shelf(stack, name=name, category=f"fans-{tag}")
    assert found(stack.http(), words)[0]["name"] == name


def test_a_change_holds_in_every_warm_function_from_the_moment_it_is_answered(
    stack: LocalStack,
) -> None:
    word = f"w{uuid4().hex[:10]}".translate(str.maketrans("0123456789", "ghijklmnop"))
    item_id = put_on_shelf(stack, name={"en": f"{word} one"}, points=100)
    operator, anybody = stack.http("operator"), stack.http()

    def prices(_: int) -> list[int]:
        return [item["points"] for item in found(anybody, word)]

    with ThreadPoolExecutor(AT_ONCE) as callers:
        for points in (100, 70, 130):
            operator.patch(f"/v1/admin/items/{item_id}", json={"points": points}).raise_for_status()
            assert list(callers.map(prices, range(AT_ONCE))) == [[points]] * AT_ONCE
        post(operator, f"/v1/admin/items/{item_id}/shelf", {"status": "off_shelf"})
        assert list(callers.map(prices, range(AT_ONCE))) == [[]] * AT_ONCE


def test_outside_its_time_an_item_is_neither_shown_nor_sold(stack: LocalStack) -> None:
    member = member_with(stack, 200)
    item_id = put_on_shelf(stack)
    http, path = stack.http(member), f"/v1/me/catalog/items/{item_id}"
    begin = stack.clock.now() + timedelta(days=2)
    times = {
        "on_shelf_from": begin.isoformat(),
        "on_shelf_until": (begin + timedelta(days=2)).isoformat(),
    }
    operator = stack.http("operator")
    operator.patch(f"/v1/admin/items/{item_id}", json=times).raise_for_status()
    assert http.get(path).status_code == 404
    assert outcome(redeem(http, item_id)) == "not-eligible"
    stack.clock.set(begin + timedelta(days=1))
    assert http.get(path).status_code == 200
    assert redeem(http, item_id).status_code == 201
    stack.clock.set(begin + timedelta(days=3))
    assert http.get(path).status_code == 404
    assert outcome(redeem(http, item_id)) == "not-eligible"
