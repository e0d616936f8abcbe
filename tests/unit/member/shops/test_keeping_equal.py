"""A shop keeps a customer's profile and tier equal with its own, and shows the points."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.member import CustomerLink
from loyalty.domain.tier import SpeedUp, Tier, TierRules
from loyalty.domain.writes import AddLink
from member.api_handler import lambda_handler
from member.tiers.counting import count_order
from support.books import bring, on_day
from support.http import Answer, Http
from support.shop import Shop

SHOP = {
    "sub": "client-1",
    "client_id": "client-1",
    "token_use": "access",
    "scope": "points-mall/members",
}
RULES = TierRules(
    tiers=(
        Tier("regular", {"zh": "普通", "en": "Regular"}, Decimal(0)),
        Tier("silver", {"zh": "银", "en": "Silver"}, Decimal(1_000)),
        Tier("gold", {"zh": "金", "en": "Gold"}, Decimal(5_000)),
    ),
    currencies={"CNY": Decimal(1)},
    speed_up=SpeedUp(),
)


@pytest.fixture
def mall() -> Iterator[MemoryMall]:
    mall = MemoryMall()
    mall.programmes.publish(replace(mall.programmes.live(), tiers=RULES))
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)


@pytest.fixture
def http() -> Http:
    return Http(lambda_handler)


def tell(http: Http, body: dict[str, Any], source: str = "shopify", customer: str = "7") -> Answer:
    return http.put(f"/v1/members/{source}/{customer}", body, claims=SHOP)


def steps(mall: MemoryMall) -> list[tuple[str, str, str]]:
    return [(step.kind.value, step.tier, step.because) for step in mall.tiers.steps("lin")]


def test_the_first_time_links_and_makes_the_member(http: Http, mall: MemoryMall) -> None:
    told = tell(http, {"member_id": "lin", "display_name": "Lin", "birthday": "1990-02-28"})
    assert told.body == {
        "source": "shopify",
        "customer_id": "7",
        "member_id": "lin",
        "linked_at": "2026-11-21T04:00:00Z",
        "display_name": "Lin",
        "phone": None,
        "email": None,
        "language": "zh",
        "birthday": "1990-02-28",
        "tier": None,
        "tier_source": None,
    }
    link = mall.members.link("shopify", "7")
    assert link is not None
    assert (link.member_id, link.linked_by) == ("lin", "client-1")
    assert http.get("/v1/me", user="lin").body["display_name"] == "Lin"


def test_who_is_linked_need_not_be_named_again(http: Http, mall: MemoryMall) -> None:
    tell(http, {"member_id": "lin", "display_name": "Lin", "phone": "+8613800138000"})
    later = tell(http, {"display_name": "Lin Xiaoman", "phone": None}).body
    assert (later["display_name"], later["phone"]) == ("Lin Xiaoman", None)
    before = mall.members.member("lin")
    assert tell(http, {"display_name": "Lin Xiaoman"}).status == 200
    assert tell(http, {}).status == 200
    assert mall.members.member("lin") == before


@pytest.mark.usefixtures("mall")
def test_a_customer_of_nobody_or_of_somebody_else_is_left_alone(http: Http) -> None:
    assert tell(http, {"display_name": "Lin"}).problem == "not-found"
    tell(http, {"member_id": "lin"})
    assert tell(http, {"member_id": "wang"}).problem == "already-exists"
    assert http.get("/v1/me", user="wang").body["display_name"] is None


def test_a_link_that_is_made_meanwhile_wins(http: Http, mall: MemoryMall) -> None:
    tell(http, {"member_id": "lin"}, customer="8")
    link = CustomerLink("shopify", "7", "wang", mall.clock.now(), "operator-1")
    mall.store.before_next_commit(lambda: mall.store.commit([AddLink(link)]))
    assert tell(http, {"member_id": "lin"}).problem == "already-exists"


def test_a_tier_that_the_shop_gives_rises_at_once_and_is_told(http: Http, mall: MemoryMall) -> None:
    told = tell(http, {"member_id": "lin", "tier": "gold"}).body
    assert (told["tier"], told["tier_source"]) == ("gold", "shopify")
    me = http.get("/v1/me", user="lin").body
    assert (me["tier"], me["tier_progress"]["given_by"]) == ("gold", "shopify")
    assert me["tier_progress"]["speed_up"]["until"] == "2026-12-21"
    assert steps(mall) == [("risen", "gold", "shop:shopify")]


def test_the_same_tier_again_changes_nothing(http: Http, mall: MemoryMall) -> None:
    tell(http, {"member_id": "lin", "tier": "gold"})
    before = mall.members.member("lin")
    on_day(mall, date(2026, 11, 25))
    tell(http, {"tier": "gold"})
    assert mall.members.member("lin") == before
    assert len(steps(mall)) == 1


def test_a_given_tier_outlasts_every_window_and_falls_when_the_shop_says_so(
    http: Http, mall: MemoryMall
) -> None:
    tell(http, {"member_id": "lin", "tier": "gold"})
    on_day(mall, date(2029, 6, 1))
    assert list(mall.tiers.due(date(2029, 6, 1))) == []
    assert http.get("/v1/me", user="lin").body["tier"] == "gold"
    tell(http, {"tier": "silver"})
    member = mall.members.member("lin")
    assert member is not None
    assert (member.tier, member.rose_at) == ("silver", None)
    assert steps(mall)[-1] == ("lowered", "silver", "shop:shopify")


def test_counting_goes_on_beside_a_given_tier_and_counts_once_it_is_given_no_longer(
    http: Http, mall: MemoryMall
) -> None:
    tell(http, {"member_id": "lin", "tier": "regular"})
    Shop(mall).pays("A1", 6_000)
    count_order(mall, "standard", "A1")
    assert http.get("/v1/me", user="lin").body["tier"] == "regular"
    released = tell(http, {"tier": None}).body
    assert (released["tier"], released["tier_source"]) == ("gold", None)
    assert steps(mall)[-1] == ("risen", "gold", "count")


def test_a_tier_that_is_given_no_longer_is_kept_until_the_window_ends(
    http: Http, mall: MemoryMall
) -> None:
    tell(http, {"member_id": "lin", "tier": "gold"})
    assert tell(http, {"tier": None}).body["tier"] == "gold"
    progress = http.get("/v1/me", user="lin").body["tier_progress"]
    assert (progress["given_by"], progress["kept_through"]) == (None, "2026-12-31")
    assert list(mall.tiers.due(date(2026, 12, 1))) == ["lin"]


def test_one_shop_does_not_take_what_another_gives(http: Http, mall: MemoryMall) -> None:
    tell(http, {"member_id": "lin", "tier": "gold"})
    tell(http, {"member_id": "lin", "tier": None}, source="standard", customer="x")
    member = mall.members.member("lin")
    assert member is not None
    assert (member.tier, member.tier_source) == ("gold", "shopify")


def test_a_tier_that_the_member_has_by_counting_becomes_the_shops(
    http: Http, mall: MemoryMall
) -> None:
    tell(http, {"member_id": "lin"})
    Shop(mall).pays("A1", 1_000)
    count_order(mall, "standard", "A1")
    tell(http, {"tier": "silver"})
    assert [step[0] for step in steps(mall)] == ["risen"]
    assert list(mall.tiers.due(date(2030, 1, 1))) == []


@pytest.mark.usefixtures("mall")
@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"tier": "platinum"}, "tier"),
        ({"birthday": "2030-01-01"}, "birthday"),
        ({"points": 5}, "points"),
    ],
)
def test_what_cannot_be_is_refused(http: Http, body: dict[str, Any], field: str) -> None:
    refused = tell(http, {"member_id": "lin", **body})
    assert (refused.problem, refused.body["errors"][0]["field"]) == ("invalid", field)


def test_a_tier_where_there_are_none_is_refused(http: Http, mall: MemoryMall) -> None:
    live = mall.programmes.live()
    mall.programmes.publish(replace(live, tiers=None, version=live.version + 1))
    assert tell(http, {"member_id": "lin", "tier": "gold"}).problem == "invalid"
    assert tell(http, {"member_id": "lin", "tier": None}).status == 200


def test_a_shop_shows_a_members_points(http: Http, mall: MemoryMall) -> None:
    bring(mall, {date(2027, 11, 30): 820})
    shown = http.get("/v1/members/lin/points", claims=SHOP).body
    assert (shown["available"], shown["next_expiry"]["points"]) == (820, 820)
    assert http.get("/v1/members/nobody/points", claims=SHOP).problem == "not-found"


@pytest.mark.usefixtures("mall")
def test_only_a_program_with_the_scope_may(http: Http) -> None:
    others = {**SHOP, "scope": "points-mall/tasks"}
    for refused in (
        http.get("/v1/members/lin/points", claims=others),
        http.get("/v1/members/lin/points", user="lin"),
        http.put("/v1/members/shopify/7", {}, user="op", groups=["admin"]),
    ):
        assert refused.problem == "forbidden"
