from typing import Any

import pytest

from loyalty.adapters.memory import MemoryMall
from support.acts import act_now
from support.http import Http


def listed(http: Http, query: str = "") -> list[Any]:
    found = http.get(f"/v1/admin/audit{query}", user="a", groups=["auditor"])
    assert found.status == 200, found.body
    items: list[Any] = found.body["items"]
    return items


@pytest.fixture(autouse=True)
def a_day(mall: MemoryMall) -> None:
    """An act an hour, by two operators, on two members."""
    for place in range(6):
        act_now(mall, place, actor=f"operator-{place % 2}", subject=f"member:m{place % 3}")
        mall.clock.travel(hours=1)


def test_what_operators_did_is_told_newest_first(http: Http) -> None:
    acts = listed(http)
    assert [act["reason"] for act in acts] == [f"reason {n}" for n in (5, 4, 3, 2, 1, 0)]
    assert acts[0] == {
        "act_id": "act_5",
        "act": "member.freeze",
        "actor": "operator-1",
        "role": "operator",
        "subject": "member:m2",
        "at": "2026-11-21T09:00:00Z",
        "request_id": "request-5",
        "reason": "reason 5",
        "before": {"is_frozen": False},
        "after": {"is_frozen": True},
    }


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("?actor=operator-0", [4, 2, 0]),
        ("?subject=member:m1", [4, 1]),
        ("?subject=member:m1&actor=operator-1", [1]),
        ("?from=2026-11-21T08:00:00Z", [5, 4]),
        ("?to=2026-11-21T06:00:00Z", [1, 0]),
        ("?from=2026-11-21T14:00:00%2B08:00&to=2026-11-21T07:00:00Z", [2]),
        ("?subject=member:m0&from=2026-11-21T06:00:00Z", [3]),
        ("?actor=nobody", []),
    ],
)
def test_the_audit_is_narrowed_by_who_what_and_when(
    http: Http, query: str, numbers: list[int]
) -> None:
    assert [act["act_id"] for act in listed(http, query)] == [f"act_{n}" for n in numbers]


@pytest.mark.parametrize("query", ["", "&actor=operator-0", "&subject=member:m0"])
def test_the_audit_goes_on_where_a_part_ended(http: Http, query: str) -> None:
    whole = listed(http, f"?{query[1:]}")
    parts: list[Any] = []
    cursor = ""
    while True:
        more = f"&cursor={cursor}" if cursor else ""
        page = http.get(f"/v1/admin/audit?limit=1{query}{more}", user="a", groups=["auditor"]).body
        parts += page["items"]
        cursor = page["next_cursor"]
        if not cursor:
            break
    assert parts == whole


@pytest.mark.parametrize(
    "query",
    [
        "?from=yesterday",
        "?from=2026-11-21",
        "?to=0001-01-01T00:00:00Z",
        "?from=2026-11-21T08:00:00Z&to=2026-11-21T08:00:00Z",
        "?cursor=x",
        "?who=me",
    ],
)
def test_what_cannot_be_asked_is_refused(http: Http, query: str) -> None:
    assert http.get(f"/v1/admin/audit{query}", user="a", groups=["auditor"]).status == 422


def test_members_do_not_read_the_audit(http: Http) -> None:
    assert http.get("/v1/admin/audit", user="lin").status == 403
