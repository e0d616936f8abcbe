"""Operators export what everybody has, and everything that happened."""

from datetime import date

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.orders import CustomerRef
from support.books import bring
from support.http import Answer, Http
from support.shop import Shop

EXPORTS = "/v1/admin/exports"
PAST, SOON, LATER = date(2026, 11, 20), date(2026, 12, 31), date(2027, 11, 30)


def get(http: Http, what: str, **about: object) -> Answer:
    query = "&".join(f"{name}={value}" for name, value in about.items())
    return http.get(f"{EXPORTS}/{what}?{query}", user="a-1", groups=["auditor"])


def test_a_balance_is_told_with_the_lots_that_can_be_spent(http: Http, mall: MemoryMall) -> None:
    bring(mall, {PAST: 5, SOON: 30, LATER: 100})
    (item,) = get(http, "balances").body["items"]
    assert item == {
        "member_id": "lin",
        "available": 130,
        "held": 0,
        "pending": 0,
        "debt": 0,
        "frozen_at": None,
        "lots": [
            {"expires_on": "2026-12-31", "points": 30},
            {"expires_on": "2027-11-30", "points": 100},
        ],
    }


def test_an_entry_is_told_with_who_made_it(http: Http, mall: MemoryMall) -> None:
    Shop(mall).pays("A1", 118)
    (item,) = get(http, "entries").body["items"]
    assert (item["entry_id"], item["member_id"], item["kind"]) == (
        "order:standard:A1/paid",
        "lin",
        "earn",
    )
    assert (item["points"], item["actor"], item["reason"]) == (118, "shop:standard", "purchase")
    assert item["lots"] == [{"expires_on": "2027-11-30", "points": 118}]


@pytest.mark.parametrize("what", ["balances", "entries"])
def test_the_parts_make_up_everything_page_by_page(http: Http, mall: MemoryMall, what: str) -> None:
    for number in range(30):
        Shop(mall, CustomerRef(member_id=f"m{number}")).pays(f"A{number}", 1)
    found = []
    for part in range(4):
        cursor = ""
        while cursor is not None:
            body = get(http, what, part=part, of=4, limit=3, cursor=cursor).body
            found += [item["member_id"] for item in body["items"]]
            cursor = body["next_cursor"]
    assert sorted(found) == sorted(f"m{number}" for number in range(30))


def test_entries_of_some_days_only(http: Http, mall: MemoryMall) -> None:
    Shop(mall).pays("A1", 1)
    mall.clock.travel(days=2)
    Shop(mall).pays("A2", 2)
    body = get(http, "entries", **{"from": "2026-11-22T00:00:00Z"}).body
    assert [item["reference"] for item in body["items"]] == ["A2"]
    body = get(http, "entries", to="2026-11-22T00:00:00Z").body
    assert [item["reference"] for item in body["items"]] == ["A1"]


def test_a_cursor_goes_on_in_its_own_part_only(http: Http, mall: MemoryMall) -> None:
    for number in range(9):
        Shop(mall, CustomerRef(member_id=f"m{number}")).pays(f"A{number}", 1)
    cursor = get(http, "balances", of=2, limit=1).body["next_cursor"]
    assert cursor
    refused = get(http, "balances", part=1, of=2, limit=1, cursor=cursor)
    assert (refused.status, refused.problem) == (422, "invalid")


def test_a_part_beyond_the_parts_is_refused(http: Http) -> None:
    assert get(http, "balances", part=3, of=3).status == 422


@pytest.mark.parametrize("what", ["balances", "entries"])
def test_members_export_nothing(http: Http, what: str) -> None:
    assert http.get(f"{EXPORTS}/{what}", user="lin").status == 403
