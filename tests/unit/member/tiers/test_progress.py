"""What members see of their way through the tiers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.orders import CustomerRef
from member.api_handler import lambda_handler
from member.tiers.counting import count_order
from support.books import on_day
from support.http import Http
from support.shop import Shop


@pytest.fixture
def http() -> Http:
    return Http(lambda_handler)


def spends(mall: MemoryMall, amount: int, order: str = "A1", member: str = "lin") -> None:
    Shop(mall, CustomerRef(member)).pays(order, amount)
    count_order(mall, "standard", order)


def progress(http: Http, language: str = "zh") -> Any:
    me = http.get("/v1/me", user="lin", headers={"accept-language": language}).body
    return me["tier_progress"]


@pytest.mark.usefixtures("mall")
def test_who_begins_sees_the_lowest_tier_and_the_way_to_the_next(http: Http) -> None:
    me = http.get("/v1/me", user="lin").body
    assert (me["tier"], me["tier_name"]) == ("regular", "普通会员")
    assert me["tier_progress"] == {
        "tier": {
            "id": "regular",
            "name": "普通会员",
            "at_least": "0",
            "multiplier": "1",
            "benefits": [],
        },
        "next_tier": {
            "id": "silver",
            "name": "银卡会员",
            "at_least": "1000",
            "multiplier": "1.5",
            "benefits": [],
        },
        "basis": "spending",
        "window": "calendar_year",
        "counted": "0",
        "needed": "1000",
        "window_ends_on": "2026-12-31",
        "kept_through": None,
        "endangered": None,
        "speed_up": None,
        "given_by": None,
    }


def test_names_come_in_the_language_that_is_asked_for(http: Http, mall: MemoryMall) -> None:
    spends(mall, 1_200)
    me = http.get("/v1/me", user="lin", headers={"accept-language": "en"}).body
    assert me["tier_name"] == me["tier_progress"]["tier"]["name"] == "Silver"


def test_who_has_risen_sees_what_is_kept_and_what_earns_quicker(
    http: Http, mall: MemoryMall
) -> None:
    spends(mall, 1_200)
    seen = progress(http)
    assert (seen["tier"]["id"], seen["counted"], seen["needed"]) == ("silver", "1200", "3800")
    assert seen["kept_through"] == "2026-12-31"
    assert seen["speed_up"] == {"multiplier": "2", "until": "2026-12-21"}
    on_day(mall, date(2026, 12, 22))
    assert progress(http)["speed_up"] is None


def test_who_is_in_danger_sees_until_when_and_what_is_missing(http: Http, mall: MemoryMall) -> None:
    spends(mall, 1_200)
    Shop(mall).refunds("A1", 500)
    count_order(mall, "standard", "A1")
    on_day(mall, date(2026, 12, 2))
    seen = progress(http)
    assert (seen["tier"]["id"], seen["counted"]) == ("silver", "700")
    assert seen["endangered"] == {
        "ends_on": "2026-12-31",
        "grace_until": "2027-01-30",
        "needed": "300",
    }


def test_at_the_top_nothing_is_missing(http: Http, mall: MemoryMall) -> None:
    spends(mall, 9_000)
    seen = progress(http)
    assert (seen["tier"]["id"], seen["next_tier"], seen["needed"]) == ("gold", None, None)


def test_what_was_counted_before_the_first_call_is_followed_by_it(
    http: Http, mall: MemoryMall
) -> None:
    spends(mall, 1_200, member="wang")
    me = http.get("/v1/me", user="wang").body
    member = mall.members.member("wang")
    assert (me["tier"], member and member.tier) == ("silver", "silver")
    assert [step.kind for step in mall.tiers.steps("wang")] == ["risen"]


def test_thresholds_that_were_lowered_are_followed_by_the_next_call(
    http: Http, mall: MemoryMall
) -> None:
    spends(mall, 500)
    live = mall.programmes.live()
    assert live.tiers is not None
    regular, silver, gold = live.tiers.tiers
    easier = replace(live.tiers, tiers=(regular, replace(silver, at_least=Decimal(400)), gold))
    mall.programmes.publish(replace(live, tiers=easier, version=live.version + 1))
    assert progress(http)["tier"]["id"] == "silver"


def test_changing_the_profile_shows_the_progress_too(http: Http, mall: MemoryMall) -> None:
    spends(mall, 1_200)
    me = http.patch("/v1/me", {"display_name": "Lin"}, user="lin").body
    assert me["tier_progress"]["counted"] == "1200"


def test_operators_see_every_step_and_what_moved_it(http: Http, mall: MemoryMall) -> None:
    spends(mall, 1_200)
    seen = http.get("/v1/admin/members/lin/tier", user="a", groups=["auditor"]).body
    assert seen["progress"]["tier"]["id"] == "silver"
    assert seen["steps"] == [
        {
            "kind": "risen",
            "tier": "silver",
            "former": "regular",
            "at": "2026-11-21T04:00:00Z",
            "because": "count",
            "counted": "1200",
            "needed": None,
            "ends_on": None,
            "grace_until": None,
        }
    ]
    missing = http.get("/v1/admin/members/nobody/tier", user="a", groups=["auditor"])
    assert missing.problem == "not-found"
