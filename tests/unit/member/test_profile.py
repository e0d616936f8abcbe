from datetime import UTC, datetime

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.member import Member
from loyalty.domain.writes import AddMember, ChangeMember
from member import service
from support.http import Http

LIN = "lin-0001"


def test_the_first_call_of_a_new_subject_makes_the_member(http: Http, mall: MemoryMall) -> None:
    me = http.get("/v1/me", user=LIN)

    assert me.status == 200
    assert me.body == {
        "member_id": LIN,
        "display_name": None,
        "phone": None,
        "email": None,
        "language": "zh",
        "tier": None,
        "tier_name": None,
        "tier_progress": None,
        "birthday": None,
        "tags": [],
        "joined_at": "2026-11-21T04:00:00Z",
    }
    assert mall.members.member(LIN)


def test_a_member_joins_once_however_often_and_wherever_the_first_calls_come(
    http: Http, mall: MemoryMall
) -> None:
    first = Member(LIN, datetime(2026, 11, 21, 3, 59, tzinfo=UTC))
    mall.store.before_next_commit(lambda: mall.store.commit([AddMember(first)]))

    racing = http.get("/v1/me", user=LIN).body
    later = http.get("/v1/me", user=LIN).body

    assert racing["joined_at"] == later["joined_at"] == "2026-11-21T03:59:00Z"


def test_looking_at_ones_points_for_the_first_time_makes_the_member_too(
    http: Http, mall: MemoryMall
) -> None:
    assert http.get("/v1/me/points", user=LIN).body["available"] == 0
    assert mall.members.member(LIN)


def test_a_member_changes_what_is_named_and_nothing_else(http: Http) -> None:
    http.patch("/v1/me", {"display_name": "林小雨", "phone": "+8613800138000"}, user=LIN)

    changed = http.patch("/v1/me", {"email": "Lin@Example.COM", "language": "en"}, user=LIN)

    assert changed.status == 200
    assert changed.body["display_name"] == "林小雨"
    assert changed.body["phone"] == "+8613800138000"
    assert changed.body["email"] == "lin@example.com"
    assert changed.body["language"] == "en"
    assert http.get("/v1/me", user=LIN).body == changed.body


def test_null_clears_a_field(http: Http) -> None:
    http.patch("/v1/me", {"phone": "+8613800138000", "language": "en"}, user=LIN)

    cleared = http.patch("/v1/me", {"phone": None, "language": None}, user=LIN).body

    assert (cleared["phone"], cleared["language"]) == (None, "zh")


def test_a_change_that_changes_nothing_writes_nothing(http: Http, mall: MemoryMall) -> None:
    http.patch("/v1/me", {"display_name": "Lin"}, user=LIN)
    before = mall.members.member(LIN)

    http.patch("/v1/me", {"display_name": "Lin"}, user=LIN)
    http.patch("/v1/me", {}, user=LIN)

    assert mall.members.member(LIN) == before


def test_two_changes_at_once_both_stand(http: Http, mall: MemoryMall) -> None:
    http.get("/v1/me", user=LIN)
    mall.store.before_next_commit(
        lambda: mall.store.commit(
            [ChangeMember(service.greet(mall, LIN).member.changed(display_name="Lin"))]
        )
    )

    http.patch("/v1/me", {"language": "en"}, user=LIN)

    me = http.get("/v1/me", user=LIN).body
    assert (me["display_name"], me["language"]) == ("Lin", "en")


def test_what_no_profile_holds_is_refused_by_name(http: Http) -> None:
    body = {
        "phone": "13800138000",
        "email": "nobody",
        "language": "fr",
        "display_name": " ",
        "x": 1,
    }

    refused = http.patch("/v1/me", body, user=LIN)

    assert refused.status == 422
    assert refused.problem == "invalid"
    assert {error["field"] for error in refused.body["errors"]} == set(body)


def test_a_birthday_can_be_told_corrected_and_forgotten(http: Http) -> None:
    for birthday in ("1992-02-29", "1992-02-28", None):
        assert http.patch("/v1/me", {"birthday": birthday}, user=LIN).body["birthday"] == birthday
        assert http.get("/v1/me", user=LIN).body["birthday"] == birthday


@pytest.mark.parametrize("birthday", ["2026-11-22", "1899-12-31", "1991-02-29", "yesterday", 7])
def test_a_birthday_is_a_day_that_was(http: Http, birthday: object) -> None:
    refused = http.patch("/v1/me", {"birthday": birthday}, user=LIN)
    assert (refused.status, refused.body["errors"][0]["field"]) == (422, "birthday")


def test_tags_are_not_a_members_to_choose(http: Http) -> None:
    assert http.patch("/v1/me", {"tags": ["vip"]}, user=LIN).status == 422


def test_a_members_tier_is_not_theirs_to_change(http: Http) -> None:
    assert http.patch("/v1/me", {"tier": "diamond"}, user=LIN).status == 422


def test_a_clients_own_token_is_no_member(http: Http, mall: MemoryMall) -> None:
    machine = {"sub": "shop", "client_id": "shop", "token_use": "access", "scope": "mall/offsets"}

    refused = http.get("/v1/me", claims=machine)

    assert (refused.status, refused.problem) == (403, "forbidden")
    assert mall.members.member("shop") is None
