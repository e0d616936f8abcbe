"""An import is taken back: what is left of it, once, and what is not is told."""

from datetime import timedelta

from loyalty.adapters.memory import MemoryMall
from support.books import account_of, assert_explained, available, entries_of_member
from support.http import Http
from support.imports import (
    DAY,
    IMPORTS,
    LATER,
    WHO,
    Arrange,
    line,
    opened,
    send,
    spend,
    undo,
)
from support.shop import Shop


def test_undoing_takes_back_what_is_left_and_says_what_is_not(http: Http, mall: MemoryMall) -> None:
    opened(http)
    send(http, line(2), line(3, 50, str(LATER)), line(4, 30, email="wang@example.com"))
    spend(http, 60)
    body = undo(http)
    assert (body["taken_back"], body["missing"], body["next_cursor"]) == (120, 60, None)
    assert [(one["taken_back"], one["missing"]) for one in body["items"]] == [
        (40, 60),
        (50, 0),
        (30, 0),
    ]
    assert account_of(mall).lots == account_of(mall, "wang").lots == {}
    entry = next(e for e in entries_of_member(mall) if e.key.fact == "import:old:2:undo")
    assert (entry.points, entry.reason) == (-40, "import-undone")
    assert entry.explanation == {
        "import_id": "old",
        "line": 2,
        "because": "Wrong.",
        "asked": 100,
        "spent": 60,
    }
    assert_explained(mall)


def test_what_lapsed_before_the_undoing_is_named_so(http: Http, mall: MemoryMall) -> None:
    opened(http)
    send(http, line(2))
    mall.clock.travel(days=200)
    body = undo(http)
    assert (body["taken_back"], body["missing"]) == (0, 100)
    entry = next(e for e in entries_of_member(mall) if e.key.fact == "import:old:2:undo")
    assert (entry.points, entry.explanation["lapsed"]) == (0, 100)
    assert_explained(mall)


def test_undoing_again_tells_the_same_and_takes_nothing_more(http: Http, mall: MemoryMall) -> None:
    opened(http)
    send(http, line(2))
    first = undo(http)
    Shop(mall).pays("A1", 500)
    assert undo(http) == undo(http, key="undo-0002") == first
    assert available(mall) == 500


def test_after_undoing_no_line_comes_any_more(http: Http, mall: MemoryMall) -> None:
    opened(http)
    send(http, line(2))
    undo(http)
    refused = send(http, line(3), key="key-00002")
    assert (refused.status, refused.problem) == (409, "conflict")
    assert http.get(f"{IMPORTS}/old", **WHO).body["status"] == "undone"
    assert available(mall) == 0


def test_a_long_import_is_undone_part_by_part(http: Http, mall: MemoryMall) -> None:
    opened(http)
    for start in (2, 102):
        lines = [line(n, 1, str(DAY + timedelta(days=n % 3))) for n in range(start, start + 100)]
        send(http, *lines, key=f"key-{start:05}")
    send(http, line(202, 1), key="key-00202")
    taken = 0
    cursor: str | None = ""
    for part in range(3):
        body = undo(http, key=f"undo-{part:04}", cursor=cursor)
        taken, cursor = taken + body["taken_back"], body["next_cursor"]
    assert (taken, available(mall)) == (201, 0)
    assert cursor is None
    assert_explained(mall)


def test_an_undo_that_loses_a_race_takes_what_is_then_left(
    http: Http, mall: MemoryMall, once_audited: Arrange
) -> None:
    opened(http)
    send(http, line(2))
    once_audited(lambda: mall.store.before_next_commit(lambda: spend(http, 30)))
    body = undo(http)
    assert (body["taken_back"], body["missing"]) == (70, 30)
    assert_explained(mall)


def test_an_import_undone_twice_at_once_is_taken_back_once(
    http: Http, mall: MemoryMall, once_audited: Arrange
) -> None:
    opened(http)
    send(http, line(2))
    Shop(mall).pays("A1", 500)
    once_audited(lambda: mall.store.before_next_commit(lambda: undo(http, key="undo-0002")))
    assert undo(http)["taken_back"] == 100
    assert available(mall) == 500
    assert_explained(mall)


def test_an_import_is_opened_once_and_audited_with_each_part(http: Http, mall: MemoryMall) -> None:
    opened(http)
    opened(http)
    send(http, line(2), line(3))
    undo(http)
    acts = [(record.act, record.subject) for record in mall.audit]
    assert sorted(acts) == [
        ("import.lines", "import:old"),
        ("import.open", "import:old"),
        ("import.undo", "import:old"),
    ]
    lines = next(record for record in mall.audit if record.act == "import.lines")
    assert lines.after == {
        "lines": 2,
        "from_line": 2,
        "to_line": 3,
        "points": 200,
        "may_create": False,
    }


def test_the_lines_are_listed_with_what_became_of_them(http: Http) -> None:
    opened(http)
    send(http, line(2), line(3))
    undo(http)
    body = http.get(f"{IMPORTS}/old/lines?limit=1", user="a-1", groups=["auditor"]).body
    assert body["next_cursor"]
    (item,) = body["items"]
    assert (item["line"], item["member_id"], item["taken_back"]) == (2, "lin", 100)
