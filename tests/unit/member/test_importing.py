"""Balances of another system come in once, however often their lines are sent."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from loyalty import auditing
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account, Kind
from loyalty.domain.member import CustomerLink, Member
from loyalty.domain.writes import AddLink, AddMember, ChangeAccount
from member.importing import booking, undoing
from member.reconciling import reconcile_member
from support.books import account_of, assert_explained, available, entries_of_member
from support.http import Answer, Http
from support.shop import Shop

IMPORTS = "/v1/admin/imports"
DAY, LATER = date(2027, 3, 15), date(2028, 1, 2)
WHO = {"user": "boss", "groups": ["admin"]}


@pytest.fixture(autouse=True)
def people(mall: MemoryMall) -> None:
    """Lin and Wang are members; Lin is a shop's customer, and has a phone."""
    now = mall.clock.now()
    mall.store.commit([AddMember(Member("lin", now, phone="+8613800138000"))])
    mall.store.commit([AddMember(Member("wang", now, email="wang@example.com"))])
    mall.store.commit([AddLink(CustomerLink("shopify", "7001", "lin", now, "admin"))])


def line(number: int, points: object = 100, day: object = str(DAY), **who: str) -> dict[str, Any]:
    named = who or {"member_id": "lin"}
    return {"line": number, "points": points, "expires_on": day, **named}


def opened(http: Http, import_id: str = "old") -> None:
    body = {"import_id": import_id, "reason": "We moved."}
    assert http.post(IMPORTS, body, key=f"open-{import_id}", **WHO).status == 201


def send(http: Http, *lines: object, key: str = "key-00001", **more: Any) -> Answer:
    return http.post(f"{IMPORTS}/old/lines", {"lines": list(lines), **more}, key=key, **WHO)


def check(http: Http, *lines: object, **more: Any) -> Any:
    body = {"import_id": "old", "lines": list(lines), **more}
    answer = http.post(f"{IMPORTS}/check", body, **WHO)
    assert answer.status == 200, answer.body
    return answer.body


def undo(http: Http, key: str = "undo-0001", **more: Any) -> Any:
    answer = http.post(f"{IMPORTS}/old/undo", {"reason": "Wrong.", **more}, key=key, **WHO)
    assert answer.status == 200, answer.body
    return answer.body


def became(body: Any) -> dict[int, str]:
    return {one["line"]: one["became"] for one in body["results"]}


def test_a_lot_comes_with_its_own_exact_day_and_its_entry_says_whence(
    http: Http, mall: MemoryMall
) -> None:
    opened(http)
    body = send(http, {**line(2), "reference": "C-17", "note": "moved"}, line(3, 50, str(LATER)))
    assert body.status == 200
    assert (body.body["imported"], body.body["points"]) == (2, 150)
    assert account_of(mall).lots == {DAY: 100, LATER: 50}
    entry = entries_of_member(mall)[0]
    assert entry.key.entry_id == "member:lin/import:old:2"
    assert (entry.kind, entry.reason, entry.actor) == (Kind.IMPORT, "import", "operator:boss")
    assert entry.reference == "C-17"
    assert entry.explanation == {"import_id": "old", "line": 2, "points": 100, "note": "moved"}


@pytest.mark.parametrize(
    "who",
    [
        {"member_id": "lin"},
        {"phone": "+8613800138000"},
        {"source": "shopify", "customer_id": "7001"},
    ],
)
def test_a_member_may_be_named_in_several_ways(
    http: Http, mall: MemoryMall, who: dict[str, str]
) -> None:
    opened(http)
    (told,) = send(http, line(2, **who)).body["results"]
    assert (told["member_id"], told["became"]) == ("lin", "imported")
    assert available(mall) == 100


def test_the_same_lines_again_add_nothing_whatever_the_key(http: Http, mall: MemoryMall) -> None:
    opened(http)
    for key in ("key-00001", "key-00001", "key-00002"):
        body = send(http, line(2), line(3, 50), key=key).body
        assert body["refused"] == 0
    assert (body["imported"], body["already"], body["points"]) == (0, 2, 0)
    assert available(mall) == 150


def test_another_line_under_a_number_that_was_imported_is_refused_and_told(
    http: Http, mall: MemoryMall
) -> None:
    opened(http)
    send(http, line(2))
    (told,) = send(http, line(2, 999), key="key-00002").body["results"]
    assert told["became"] == "refused"
    assert "Another line of this number" in told["message"]
    assert available(mall) == 100


def test_a_member_who_was_named_otherwise_meanwhile_is_not_credited_twice(
    http: Http, mall: MemoryMall
) -> None:
    opened(http)
    send(http, line(2, phone="+8613800138000"))
    mall.store.commit([AddMember(Member("other", mall.clock.now(), phone="+8613800138000"))])
    body = send(http, line(2, phone="+8613800138000"), key="key-00002").body
    assert became(body) == {2: "already"}
    assert available(mall, "other") == 0


@pytest.fixture
def once_audited(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[], object]], None]:
    """Arrange something between an act's audit record and the lines themselves."""

    def arrange(then: Callable[[], object]) -> None:
        waiting = [then]
        for module in (booking, undoing):
            monkeypatch.setattr(module, "commit_once", partial(_and_then, waiting))

    return arrange


def _and_then(waiting: list[Callable[[], object]], *about: Any) -> Any:
    done = auditing.commit_once(*about)
    if waiting:
        waiting.pop()()
    return done


Arrange = Callable[[Callable[[], object]], None]

BAD = [
    ({"points": "ten"}, "points: "),
    ({"points": 0}, "points: "),
    ({"points": "1.5"}, "points: "),
    ({"expires_on": "15.03.2027"}, "expires_on: "),
    ({"expires_on": "2026-11-20"}, "expires_on: a day from 2026-11-21"),
    ({"expires_on": "2100-01-01"}, "to 2099-12-31 is expected"),
    ({"expires_on": ""}, "expires_on: Field required"),
    ({"member_id": "nobody"}, "There is no such member."),
    ({"member_id": None}, "One of member_id, phone, email, or source with customer_id"),
    ({"phone": "+8613800138000"}, "One of member_id"),
    ({"member_id": None, "source": "shopify"}, "One of member_id"),
    ({"member_id": None, "source": "shopify", "customer_id": "8"}, "No member is linked"),
    ({"member_id": None, "email": "no@example.com"}, "No members have this phone"),
    ({"member_id": None, "phone": "0138"}, "phone: "),
    ({"member_id": "boss"}, "no such member"),
]


@pytest.mark.parametrize(("changes", "said"), BAD)
def test_a_line_that_cannot_be_booked_is_told_and_the_others_stand(
    http: Http, mall: MemoryMall, changes: dict[str, Any], said: str
) -> None:
    opened(http)
    lines = line(2), {**line(3), **changes}, line(4, email="wang@example.com")
    tried = check(http, *lines)
    body = send(http, *lines).body
    assert became(tried) == {2: "would_import", 3: "refused", 4: "would_import"}
    assert became(body) == {2: "imported", 3: "refused", 4: "imported"}
    assert said in body["results"][1]["message"]
    assert tried["results"][1] == body["results"][1]
    assert (tried["points"], body["points"], available(mall)) == (200, 200, 100)


def test_a_dry_run_does_nothing_and_tells_what_is_booked_already(
    http: Http, mall: MemoryMall
) -> None:
    opened(http)
    send(http, line(2))
    acts_before = len(mall.audit)
    body = check(http, line(2), line(3, 70))
    assert became(body) == {2: "already", 3: "would_import"}
    assert (body["points"], available(mall), len(mall.audit)) == (70, 100, acts_before)


def test_two_members_with_one_phone_are_one_too_many(http: Http, mall: MemoryMall) -> None:
    mall.store.commit([AddMember(Member("twin", mall.clock.now(), phone="+8613800138000"))])
    (told,) = check(http, line(2, phone="+8613800138000"))["results"]
    assert told["message"] == "2 members have this phone or e-mail address."


def test_an_unknown_id_becomes_a_member_where_that_is_asked_for(
    http: Http, mall: MemoryMall
) -> None:
    opened(http)
    lines = line(2, member_id="new"), line(3, 20, member_id="new")
    assert became(send(http, *lines).body) == {2: "refused", 3: "refused"}
    body = send(http, *lines, key="key-00002", create_members=True).body
    assert became(body) == {2: "imported", 3: "imported"}
    profile = mall.members.member("new")
    assert profile and profile.joined_at == mall.clock.now()
    assert available(mall, "new") == 120


def test_nobody_imports_points_of_their_own(http: Http, mall: MemoryMall) -> None:
    mall.store.commit([AddMember(Member("boss", mall.clock.now()))])
    opened(http)
    (told,) = send(http, line(2, member_id="boss")).body["results"]
    assert (told["became"], available(mall, "boss")) == ("refused", 0)


def test_imported_points_repay_a_debt_first_and_reach_a_frozen_account(
    http: Http, mall: MemoryMall
) -> None:
    before = account_of(mall)
    mall.store.commit([ChangeAccount(before, Account("lin", debt=30, frozen_at=mall.clock.now()))])
    opened(http)
    send(http, line(2))
    assert (account_of(mall).debt, account_of(mall).lots) == (0, {DAY: 70})


def test_lines_beaten_to_the_account_are_tried_again(
    http: Http, mall: MemoryMall, once_audited: Arrange
) -> None:
    opened(http)
    shop = Shop(mall)
    once_audited(lambda: mall.store.before_next_commit(lambda: shop.pays("A1", 10)))
    assert became(send(http, line(2)).body) == {2: "imported"}
    assert available(mall) == 110
    assert_explained(mall)


def test_where_the_work_breaks_off_the_same_lines_go_on(
    http: Http, mall: MemoryMall, once_audited: Arrange
) -> None:
    opened(http)
    lines = line(2), line(3, 10), line(4, 20, email="wang@example.com")
    once_audited(lambda: mall.store.be_busy(1))
    assert send(http, *lines).status == 503
    booked_before = available(mall) + available(mall, "wang")
    assert booked_before < 130
    body = send(http, *lines).body
    assert (body["refused"], body["points"]) == (0, 130 - booked_before)
    assert (available(mall), available(mall, "wang")) == (110, 20)


def test_a_line_whose_answer_was_lost_is_not_booked_again(
    http: Http, mall: MemoryMall, once_audited: Arrange
) -> None:
    opened(http)
    once_audited(mall.store.lose_next_reply)
    assert send(http, line(2)).status == 503
    assert available(mall) == 100
    assert became(send(http, line(2)).body) == {2: "already"}
    assert available(mall) == 100


def test_the_same_line_sent_twice_at_once_is_booked_once(
    http: Http, mall: MemoryMall, once_audited: Arrange
) -> None:
    opened(http)
    once_audited(
        lambda: mall.store.before_next_commit(lambda: send(http, line(2), key="key-00002"))
    )
    assert became(send(http, line(2)).body) == {2: "already"}
    assert available(mall) == 100


def test_a_member_who_comes_while_their_line_does_is_made_once(
    http: Http, mall: MemoryMall, once_audited: Arrange
) -> None:
    opened(http)
    new = Member("new", mall.clock.now(), display_name="Xin")
    once_audited(lambda: mall.store.before_next_commit(lambda: mall.store.commit([AddMember(new)])))
    body = send(http, line(2, member_id="new"), create_members=True).body
    assert became(body) == {2: "imported"}
    assert (mall.members.member("new"), available(mall, "new")) == (new, 100)


def test_an_account_that_was_imported_is_what_its_entries_make_it(
    http: Http, mall: MemoryMall
) -> None:
    opened(http)
    send(http, line(2), line(3, 50, str(LATER)))
    undo(http)
    assert not reconcile_member(mall, "lin").differences
    assert_explained(mall)


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


def spend(http: Http, points: int) -> None:
    made = http.post(
        "/v1/admin/members/lin/adjustments",
        {"points": -points, "reason": "A gift."},
        user="o-1",
        groups=["operator"],
        key="spend-0001",
    )
    assert made.status == 201


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


def test_another_part_under_a_used_key_is_refused(http: Http, mall: MemoryMall) -> None:
    opened(http)
    send(http, line(2))
    refused = send(http, line(3))
    assert (refused.status, refused.problem) == (422, "idempotency-key-reused")
    assert available(mall) == 100


def test_lines_of_an_import_that_was_not_opened_are_not_found(http: Http) -> None:
    assert send(http, line(2)).status == 404


def test_two_lines_of_one_number_are_one_too_many(http: Http) -> None:
    opened(http)
    assert send(http, line(2), line(2)).status == 422


def test_the_lines_are_listed_with_what_became_of_them(http: Http) -> None:
    opened(http)
    send(http, line(2), line(3))
    undo(http)
    body = http.get(f"{IMPORTS}/old/lines?limit=1", user="a-1", groups=["auditor"]).body
    assert body["next_cursor"]
    (item,) = body["items"]
    assert (item["line"], item["member_id"], item["taken_back"]) == (2, "lin", 100)


@pytest.mark.parametrize("group", ["operator", "reviewer", "auditor"])
def test_only_admins_import(http: Http, group: str) -> None:
    for path, body in (
        ("", {"import_id": "old", "reason": "x"}),
        ("/check", {"import_id": "old", "lines": [line(2)]}),
        ("/old/lines", {"lines": [line(2)]}),
        ("/old/undo", {"reason": "x"}),
    ):
        made = http.post(f"{IMPORTS}{path}", body, user="o-1", groups=[group], key="key-00001")
        assert made.status == 403
