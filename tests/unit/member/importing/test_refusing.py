"""A line that cannot be booked is told, and why; it never hides behind the others."""

from typing import Any

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.member import Member
from loyalty.domain.writes import AddMember
from support.books import available
from support.http import Http
from support.imports import IMPORTS, became, check, line, opened, send

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


def test_two_members_with_one_phone_are_one_too_many(http: Http, mall: MemoryMall) -> None:
    mall.store.commit([AddMember(Member("twin", mall.clock.now(), phone="+8613800138000"))])
    (told,) = check(http, line(2, phone="+8613800138000"))["results"]
    assert told["message"] == "2 members have this phone or e-mail address."


def test_nobody_imports_points_of_their_own(http: Http, mall: MemoryMall) -> None:
    mall.store.commit([AddMember(Member("boss", mall.clock.now()))])
    opened(http)
    (told,) = send(http, line(2, member_id="boss")).body["results"]
    assert (told["became"], available(mall, "boss")) == ("refused", 0)


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
