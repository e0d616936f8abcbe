from datetime import UTC, date, datetime
from typing import Any

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account, Kind, Posting, unchanged
from loyalty.domain.calendar import NEVER
from loyalty.domain.entry import Circumstances, EntryKey
from loyalty.posting import changes
from support.http import Http

LIN, WANG = "lin-0001", "wang-0002"
NEXT_YEAR = date(2027, 11, 30)
TODAY = date(2026, 11, 21)
YESTERDAY = date(2026, 11, 20)


def book(mall: MemoryMall, member_id: str, posting: Posting, fact: str) -> None:
    """Book one posting on an account, with its entry."""
    before = mall.accounts.account(member_id)
    now = mall.clock.now()
    why = Circumstances(now, now, reason="test", actor="shop:standard", reference="A100")
    outcome = unchanged(before).then(posting)
    mall.store.commit(changes(before, outcome, EntryKey("order:standard:A100", fact), why))


@pytest.fixture
def lin(mall: MemoryMall) -> str:
    lots = {YESTERDAY: 7, TODAY: 20, NEXT_YEAR: 800}
    book(mall, LIN, Posting(Kind.EARN, lots=lots, held=200, pending=50), "paid")
    return LIN


def test_the_balance_says_what_is_there_and_what_expires_when(http: Http, lin: str) -> None:
    balance = http.get("/v1/me/points", user=lin)

    assert balance.status == 200
    assert balance.body == {
        "available": 820,
        "held": 200,
        "pending": 50,
        "debt": 0,
        "lots": [
            {"expires_on": "2026-11-21", "points": 20},
            {"expires_on": "2027-11-30", "points": 800},
        ],
        "next_expiry": {"expires_on": "2026-11-21", "points": 20},
    }


def test_points_are_valid_through_their_day_and_not_a_moment_longer(
    http: Http, mall: MemoryMall, lin: str
) -> None:
    mall.clock.set(datetime(2026, 11, 21, 15, 59, 59, tzinfo=UTC))
    assert http.get("/v1/me/points", user=lin).body["available"] == 820

    mall.clock.travel(seconds=1)
    assert http.get("/v1/me/points", user=lin).body["available"] == 800


def test_points_that_never_expire_are_no_next_expiry(http: Http, mall: MemoryMall) -> None:
    book(mall, LIN, Posting(Kind.EARN, lots={NEVER: 5}), "paid")

    assert http.get("/v1/me/points", user=LIN).body["next_expiry"] is None


def test_who_owes_points_has_none(http: Http, mall: MemoryMall) -> None:
    book(mall, LIN, Posting(Kind.CLAW_BACK, debt=30), "refund:1")

    balance = http.get("/v1/me/points", user=LIN).body
    assert (balance["available"], balance["debt"], balance["lots"]) == (0, 30, [])


def test_a_balance_that_the_caller_has_already_is_not_sent_again(
    http: Http, mall: MemoryMall, lin: str
) -> None:
    tag = http.get("/v1/me/points", user=lin).headers["etag"]

    again = http.get("/v1/me/points", user=lin, headers={"If-None-Match": f'"x", W/{tag}'})
    book(mall, lin, Posting(Kind.EARN, lots={NEXT_YEAR: 1}), "refund:1")
    changed = http.get("/v1/me/points", user=lin, headers={"If-None-Match": tag})

    assert (again.status, again.body, again.headers["etag"]) == (304, "", tag)
    assert (changed.status, changed.body["available"]) == (200, 821)


def test_a_balance_costs_one_read_of_the_account(
    http: Http, mall: MemoryMall, lin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    account = mall.accounts.account

    def counted(member_id: str) -> Account:
        read.append(member_id)
        return account(member_id)

    monkeypatch.setattr(mall.accounts, "account", counted)
    monkeypatch.setattr(mall, "members", None)

    assert http.get("/v1/me/points", user=lin).status == 200
    assert read == [lin]


def test_the_statement_is_newest_first_and_explains_each_line(
    http: Http, mall: MemoryMall, lin: str
) -> None:
    mall.clock.travel(hours=1)
    book(mall, lin, Posting(Kind.SPEND, lots={TODAY: -20}, facts={"item": "tea"}), "spend")

    statement = http.get("/v1/me/points/entries", user=lin)

    assert statement.status == 200
    assert statement.body["next_cursor"] is None
    spent, earned = statement.body["items"]
    assert spent == {
        "entry_id": "order:standard:A100/spend",
        "kind": "spend",
        "points": -20,
        "held": 0,
        "pending": 0,
        "debt": 0,
        "occurred_at": "2026-11-21T05:00:00Z",
        "recorded_at": "2026-11-21T05:00:00Z",
        "reason": "test",
        "reference": "A100",
        "lots": [{"expires_on": "2026-11-21", "points": -20}],
        "explanation": {"item": "tea"},
    }
    assert (earned["kind"], earned["points"], earned["held"]) == ("earn", 827, 200)


@pytest.mark.usefixtures("lin")
def test_nobody_reads_anothers_statement(http: Http) -> None:
    assert http.get("/v1/me/points/entries", user=WANG).body["items"] == []
    assert http.get("/v1/me/points", user=WANG).body["available"] == 0


@pytest.fixture
def three_days(mall: MemoryMall) -> str:
    for day in range(3):
        book(mall, LIN, Posting(Kind.EARN, lots={NEXT_YEAR: 10}), f"refund:{day}")
        mall.clock.travel(hours=1)
        book(mall, LIN, Posting(Kind.SPEND, lots={NEXT_YEAR: -1}), f"spend:{day}")
        mall.clock.travel(hours=23)
    return LIN


def test_a_long_statement_comes_in_parts_without_gap_or_repetition(
    http: Http, three_days: str
) -> None:
    seen: list[str] = []
    path = "/v1/me/points/entries?limit=4"
    cursor: Any = ""
    while cursor is not None:
        part = http.get(f"{path}&cursor={cursor}" if cursor else path, user=three_days).body
        seen += [entry["entry_id"] for entry in part["items"]]
        cursor = part["next_cursor"]

    whole = http.get("/v1/me/points/entries", user=three_days).body["items"]
    assert seen == [entry["entry_id"] for entry in whole]
    assert len(seen) == len(set(seen)) == 6


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("kind=spend", 3),
        ("from=2026-11-22", 4),
        ("to=2026-11-22", 4),
        ("from=2026-11-22&to=2026-11-22", 2),
        ("from=2026-11-22T05:00:00Z&to=2026-11-23T04:00:00Z", 1),
        ("from=2026-11-22T13:00:00%2B08:00&kind=earn", 1),
    ],
)
def test_a_statement_can_be_narrowed_by_kind_and_time(
    http: Http, three_days: str, query: str, count: int
) -> None:
    answer = http.get(f"/v1/me/points/entries?{query}", user=three_days)
    assert answer.status == 200, answer.body
    assert len(answer.body["items"]) == count


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("kind=gift", "kind"),
        ("from=yesterday", "from"),
        ("from=2026-11-22T05:00:00", "from"),
        ("from=0001-01-01", "from"),
        ("to=9999-12-31", "to"),
        ("from=2026-11-23&to=2026-11-22", "to"),
        ("limit=0", "limit"),
        ("limit=101", "limit"),
        ("limit=1&limit=2", "limit"),
        ("cursor=bm90aGluZw", "cursor"),
        ("member_id=wang", "member_id"),
    ],
)
def test_what_a_statement_does_not_understand_it_refuses(
    http: Http, lin: str, query: str, field: str
) -> None:
    refused = http.get(f"/v1/me/points/entries?{query}", user=lin)

    assert (refused.status, refused.problem) == (422, "invalid")
    assert field in {error["field"] for error in refused.body["errors"]}


def test_a_cursor_is_of_use_to_its_own_list_and_member_only(http: Http, three_days: str) -> None:
    cursor = http.get("/v1/me/points/entries?limit=1", user=three_days).body["next_cursor"]

    path = f"/v1/me/points/entries?limit=1&cursor={cursor}"
    assert http.get(path, user=three_days).status == 200
    assert http.get(path, user=WANG).status == 422
    admin = f"/v1/admin/members/{LIN}/entries?cursor={cursor}"
    assert http.get(admin, user=LIN, groups=["admin"]).status == 422
