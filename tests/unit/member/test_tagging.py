"""Operators say what a member is, in tags."""

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.member import Member
from loyalty.domain.writes import AddMember, ChangeMember
from support.http import Answer, Http

LIN = "lin-0001"


@pytest.fixture(autouse=True)
def lin(mall: MemoryMall) -> None:
    mall.store.commit([AddMember(Member(LIN, mall.clock.now(), "Lin"))])


def tag(http: Http, tags: object, member: str = LIN, user: str = "operator-1") -> Answer:
    body = {"tags": tags, "reason": "asked for"}
    path = f"/v1/admin/members/{member}/tags"
    return http.put(path, body, user=user, groups=["operator"])


def test_a_members_tags_are_those_that_were_put_last(http: Http, mall: MemoryMall) -> None:
    assert tag(http, ["tea", "vip", "tea"]).body["profile"]["tags"] == ["tea", "vip"]
    assert tag(http, ["coffee"]).body["profile"]["tags"] == ["coffee"]
    assert http.get("/v1/me", user=LIN).body["tags"] == ["coffee"]
    assert tag(http, []).body["profile"]["tags"] == []
    assert [act.after for act in mall.audit] == [
        {"tags": ["tea", "vip"]},
        {"tags": ["coffee"]},
        {"tags": []},
    ]


def test_the_same_tags_again_are_no_act(http: Http, mall: MemoryMall) -> None:
    tag(http, ["vip"])
    tag(http, ["vip"])
    (act,) = mall.audit
    assert (act.act, act.subject, act.before, act.reason) == (
        "member.tag",
        f"member:{LIN}",
        {"tags": []},
        "asked for",
    )


def test_a_change_of_the_profile_meanwhile_is_not_lost(http: Http, mall: MemoryMall) -> None:
    member = mall.members.member(LIN)
    assert member is not None
    renamed = member.changed(display_name="Lin Xiaoman")
    mall.store.before_next_commit(lambda: mall.store.commit([ChangeMember(renamed)]))
    profile = tag(http, ["vip"]).body["profile"]
    assert (profile["display_name"], profile["tags"]) == ("Lin Xiaoman", ["vip"])


@pytest.mark.parametrize("tags", [["a,b"], [""], ["x" * 41], [str(n) for n in range(51)], "vip"])
def test_what_is_no_tag_is_refused(http: Http, tags: object) -> None:
    assert tag(http, tags).problem == "invalid"


def test_nobody_tags_who_is_not_there_or_themselves(http: Http) -> None:
    assert tag(http, ["vip"], member="nobody").problem == "not-found"
    assert tag(http, ["vip"], user=LIN).problem == "forbidden"


def test_a_reviewer_may_read_tags_and_not_change_them(http: Http) -> None:
    path = f"/v1/admin/members/{LIN}"
    refused = http.put(f"{path}/tags", {"tags": []}, user="r", groups=["reviewer"])
    assert refused.problem == "forbidden"
    shown = http.get(path, user="r", groups=["reviewer"]).body["profile"]
    assert (shown["tags"], shown["tier"], shown["birthday"]) == ([], None, None)
