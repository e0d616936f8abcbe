from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account
from loyalty.domain.writes import ChangeAccount
from support.http import Answer, Http

LIN, WANG, OPERATOR = "lin-0001", "wang-0002", "operator-1"
MEMBER = f"/v1/admin/members/{LIN}"
NEXT_YEAR = "2027-11-30"


@pytest.fixture(autouse=True)
def lin(http: Http) -> str:
    contact = {"display_name": "Lin", "phone": "+8613800138000", "email": "lin@example.com"}
    http.patch("/v1/me", contact, user=LIN)
    http.get("/v1/me", user=WANG)
    return LIN


def act(http: Http, what: str, body: object, key: str = "key-00001", by: str = OPERATOR) -> Answer:
    return http.post(f"{MEMBER}/{what}", body, user=by, groups=["operator"], key=key)


def adjust(http: Http, points: int, key: str = "key-00001", **more: Any) -> Answer:
    return act(http, "adjustments", {"points": points, "reason": "goodwill", **more}, key)


@pytest.mark.parametrize(
    "query",
    [
        "phone=%2B8613800138000",
        "phone=+8613800138000",
        "email=Lin@example.com",
        "q=lin@example.com",
        f"q={LIN}",
    ],
)
def test_a_member_is_found_by_what_people_say_on_the_phone(http: Http, query: str) -> None:
    found = http.get(f"/v1/admin/members?{query}", user="a", groups=["auditor"])

    assert found.status == 200
    assert [member["member_id"] for member in found.body["items"]] == [LIN]
    assert found.body["next_cursor"] is None


def test_nobody_is_found_by_another_number(http: Http) -> None:
    found = http.get("/v1/admin/members?phone=%2B8613800138001", user="a", groups=["auditor"])
    assert found.body["items"] == []


@pytest.mark.parametrize("query", ["", "?phone=&email=", "?phone=1234567&q=lin-0001"])
def test_members_are_looked_up_by_one_thing(http: Http, query: str) -> None:
    assert http.get(f"/v1/admin/members{query}", user="a", groups=["auditor"]).status == 422


def test_an_operator_sees_profile_and_balance(http: Http) -> None:
    adjust(http, 100)

    shown = http.get(MEMBER, user=OPERATOR, groups=["operator"]).body

    assert shown["profile"]["display_name"] == "Lin"
    assert shown["balance"]["available"] == 100
    assert shown["frozen_at"] is None


def test_nobody_of_that_id_is_not_found(http: Http) -> None:
    for path in ("", "/entries"):
        answer = http.get(f"/v1/admin/members/nobody{path}", user="a", groups=["auditor"])
        assert (answer.status, answer.problem) == (404, "not-found")


def test_points_can_be_added_by_hand_and_the_audit_knows_who_did_it_and_why(
    http: Http, mall: MemoryMall
) -> None:
    made = adjust(http, 100)

    assert made.status == 201
    assert (made.body["kind"], made.body["points"]) == ("adjust", 100)
    assert made.body["lots"] == [{"expires_on": NEXT_YEAR, "points": 100}]
    assert (made.body["reason"], made.body["actor"]) == ("goodwill", f"operator:{OPERATOR}")
    (record,) = mall.audit
    assert (record.act, record.actor, record.role) == ("member.adjust", OPERATOR, "operator")
    assert (record.subject, record.reason) == (f"member:{LIN}", "goodwill")
    assert record.after == {"points": 100, "reason": "goodwill", "expires_on": None}


def test_points_added_by_hand_may_have_a_day_of_their_own(http: Http) -> None:
    made = adjust(http, 100, expires_on="2026-12-05")
    assert made.body["lots"] == [{"expires_on": "2026-12-05", "points": 100}]


def test_points_taken_away_go_earliest_first(http: Http, mall: MemoryMall) -> None:
    adjust(http, 100, "key-00001")
    adjust(http, 30, "key-00002", expires_on="2026-12-05")

    taken = adjust(http, -50, "key-00003")

    assert taken.body["points"] == -50
    assert mall.accounts.account(LIN).lots == {date(2027, 11, 30): 80}


def test_no_more_is_taken_away_than_is_there(http: Http) -> None:
    adjust(http, 100, "key-00001")

    refused = adjust(http, -101, "key-00002")

    assert (refused.status, refused.problem) == (409, "insufficient-points")
    assert refused.body["short_by"] == 1


def test_a_repeated_adjustment_is_made_once_and_answered_twice(
    http: Http, mall: MemoryMall
) -> None:
    first = adjust(http, 100)
    mall.clock.travel(days=2)
    again = adjust(http, 100)

    assert again.status == first.status == 201
    assert again.body == first.body
    assert mall.accounts.account(LIN).available_on(date(2026, 11, 23)) == 100
    assert len(mall.audit) == 1


def test_an_adjustment_whose_answer_was_lost_is_found_though_the_points_are_gone(
    http: Http, mall: MemoryMall
) -> None:
    adjust(http, 100, "key-00001")
    mall.store.lose_next_reply()
    lost = adjust(http, -100, "key-00002")

    again = adjust(http, -100, "key-00002")

    assert (lost.status, lost.problem, lost.headers["retry-after"]) == (503, "busy", "1")
    assert (again.status, again.body["points"]) == (201, -100)


def test_a_key_stands_for_one_adjustment(http: Http) -> None:
    adjust(http, 100)
    for points in (101, -1000):
        refused = adjust(http, points)
        assert (refused.status, refused.problem) == (422, "idempotency-key-reused")


def test_a_key_is_another_operators_own(http: Http, mall: MemoryMall) -> None:
    body = {"points": 1, "reason": "goodwill"}
    act(http, "adjustments", body, by="operator-1")
    act(http, "adjustments", body, by="operator-2")

    assert mall.accounts.account(LIN).available_on(date(2026, 11, 21)) == 2


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"points": 0, "reason": "x"}, "body"),
        ({"points": "5", "reason": "x"}, "points"),
        ({"points": 1.5, "reason": "x"}, "points"),
        ({"points": True, "reason": "x"}, "points"),
        ({"points": 5, "reason": " "}, "reason"),
        ({"points": 5}, "reason"),
        ({"points": 5, "reason": "x", "expires_on": "2026-11-20"}, "expires_on"),
        ({"points": 5, "reason": "x", "expires_on": "2100-01-01"}, "expires_on"),
        ({"points": -5, "reason": "x", "expires_on": "2026-12-31"}, "expires_on"),
    ],
)
def test_an_adjustment_that_makes_no_sense_is_refused(
    http: Http, mall: MemoryMall, body: object, field: str
) -> None:
    refused = act(http, "adjustments", body)

    assert (refused.status, refused.problem) == (422, "invalid")
    assert [error["field"] for error in refused.body["errors"]] == [field]
    assert not mall.audit


def test_an_adjustment_that_loses_a_race_is_made_on_the_fresh_account(
    http: Http, mall: MemoryMall
) -> None:
    def earn() -> None:
        unread = Account(LIN)
        mall.store.commit([ChangeAccount(unread, replace(unread, lots={date(2027, 11, 30): 7}))])

    mall.store.before_next_commit(earn)

    assert adjust(http, 100).status == 201
    assert mall.accounts.account(LIN).available_on(date(2026, 11, 21)) == 107


def test_a_frozen_account_tells_since_when_and_stays_frozen_since_then(
    http: Http, mall: MemoryMall
) -> None:
    frozen = act(http, "freeze", {"reason": "too fast"}, "key-00001")
    mall.clock.travel(hours=1)
    again = act(http, "freeze", {"reason": "still"}, "key-00002")

    assert frozen.status == again.status == 200
    assert frozen.body["frozen_at"] == again.body["frozen_at"] == "2026-11-21T04:00:00Z"
    assert [record.after for record in mall.audit] == [{"is_frozen": True}] * 2


def test_an_account_is_unfrozen_with_a_reason(http: Http, mall: MemoryMall) -> None:
    act(http, "freeze", {"reason": "too fast"})

    assert act(http, "unfreeze", {"reason": "it was the owner"}).body["frozen_at"] is None
    assert mall.accounts.account(LIN).frozen_at is None


def test_a_late_repetition_of_a_freeze_freezes_nothing_anew(http: Http, mall: MemoryMall) -> None:
    act(http, "freeze", {"reason": "too fast"}, "key-00001")
    act(http, "unfreeze", {"reason": "it was the owner"}, "key-00002")

    repeated = act(http, "freeze", {"reason": "too fast"}, "key-00001")

    assert repeated.body["frozen_at"] is None
    assert mall.accounts.account(LIN).frozen_at is None


def test_operators_adjust_frozen_accounts_too(http: Http) -> None:
    adjust(http, 100, "key-00001")
    act(http, "freeze", {"reason": "too fast"}, "key-00002")

    assert adjust(http, -100, "key-00003").status == 201


CUSTOMER = {"source": "shopify", "customer_id": "207119551"}


def test_a_customer_is_linked_to_a_member(http: Http, mall: MemoryMall) -> None:
    linked = act(http, "links", CUSTOMER)

    assert linked.status == 201
    assert linked.body == {
        **CUSTOMER,
        "member_id": LIN,
        "linked_at": "2026-11-21T04:00:00Z",
        "linked_by": OPERATOR,
    }
    assert [record.act for record in mall.audit] == ["member.link"]


def test_linking_again_finds_the_link_whatever_the_key(http: Http, mall: MemoryMall) -> None:
    first = act(http, "links", CUSTOMER, "key-00001")
    mall.clock.travel(hours=1)

    for key in ("key-00001", "key-00002"):
        assert act(http, "links", CUSTOMER, key).body == first.body


def test_a_customer_of_one_member_is_not_linked_to_another(http: Http) -> None:
    act(http, "links", CUSTOMER)

    path = f"/v1/admin/members/{WANG}/links"
    refused = http.post(path, CUSTOMER, user=OPERATOR, groups=["operator"], key="key-00001")

    assert (refused.status, refused.problem) == (409, "already-exists")


def test_a_key_stands_for_one_link(http: Http) -> None:
    act(http, "links", CUSTOMER)
    refused = act(http, "links", {**CUSTOMER, "customer_id": "2"})
    assert (refused.status, refused.problem) == (422, "idempotency-key-reused")


ACTS = [
    ("freeze", {"reason": "x"}),
    ("unfreeze", {"reason": "x"}),
    ("links", CUSTOMER),
    ("adjustments", {"points": 1, "reason": "x"}),
]


@pytest.mark.parametrize(("what", "body"), ACTS)
def test_nobody_acts_on_what_is_their_own(
    http: Http, mall: MemoryMall, what: str, body: object
) -> None:
    refused = act(http, what, body, by=LIN)

    assert (refused.status, refused.problem) == (403, "forbidden")
    assert not mall.audit


@pytest.mark.parametrize(("what", "body"), ACTS)
def test_acts_on_members_who_never_came_are_not_found(http: Http, what: str, body: object) -> None:
    path = f"/v1/admin/members/nobody/{what}"
    refused = http.post(path, body, user=OPERATOR, groups=["operator"], key="key-00001")
    assert (refused.status, refused.problem) == (404, "not-found")


@pytest.mark.parametrize(("what", "body"), ACTS)
def test_acts_need_a_key(http: Http, what: str, body: object) -> None:
    refused = http.post(f"{MEMBER}/{what}", body, user=OPERATOR, groups=["operator"])
    assert (refused.status, refused.problem) == (400, "idempotency-key-missing")


@pytest.mark.parametrize(("what", "body"), ACTS)
@pytest.mark.parametrize("group", ["auditor", "reviewer", "nobody"])
def test_acts_need_an_operator(http: Http, what: str, body: object, group: str) -> None:
    refused = http.post(f"{MEMBER}/{what}", body, user=OPERATOR, groups=[group], key="key-00001")
    assert (refused.status, refused.problem) == (403, "forbidden")


def test_operators_see_who_made_each_entry(http: Http) -> None:
    adjust(http, 100)

    (entry,) = http.get(f"{MEMBER}/entries", user="a", groups=["auditor"]).body["items"]

    assert entry["actor"] == f"operator:{OPERATOR}"
    assert entry["programme_version"] == 1


def test_who_has_points_but_never_came_can_be_seen_and_helped(http: Http, mall: MemoryMall) -> None:
    stranger = Account("stranger")
    mall.store.commit([ChangeAccount(stranger, stranger)])

    shown = http.get("/v1/admin/members/stranger", user="a", groups=["auditor"])

    assert (shown.status, shown.body["profile"]) == (200, None)
