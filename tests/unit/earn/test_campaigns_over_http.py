"""Operators draft, simulate, start and stop campaigns; each act is told once and audited."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from earn.api_handler import lambda_handler
from earn.campaigns import simulating
from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.orders import CustomerRef
from support.campaigning import YUAN
from support.http import Answer, Http
from support.shop import Shop

PATH = "/v1/admin/campaigns"
TERMS: dict[str, Any] = {
    "name": {"zh": "双倍", "en": "Double"},
    "window": {"first_day": "2026-11-20", "last_day": "2026-11-30"},
    "effect": {"multiplier": "2"},
}


@pytest.fixture(autouse=True)
def mall() -> Iterator[MemoryMall]:
    mall = MemoryMall(YUAN)
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)


def post(path: str, body: Any = None, *, role: str = "operator", key: str = "key-0001") -> Answer:
    sent = {} if body is None else body
    return Http(lambda_handler).post(f"{PATH}{path}", sent, user="o-1", groups=[role], key=key)


def get(path: str = "", role: str = "auditor") -> Answer:
    return Http(lambda_handler).get(f"{PATH}{path}", user="o-1", groups=[role])


def put(path: str, body: Any, role: str = "operator") -> Answer:
    return Http(lambda_handler).put(f"{PATH}{path}", body, user="o-1", groups=[role])


def drafted(key: str = "key-0001", **changes: Any) -> str:
    answer = post("", {**TERMS, **changes}, key=key)
    assert answer.status == 201, answer.body
    return f"/{answer.body['campaign_id']}"


def test_a_draft_is_made_once_and_shown_with_all_that_it_says(mall: MemoryMall) -> None:
    whole = {
        **TERMS,
        "window": {
            "first_day": "2026-11-20",
            "last_day": "2026-11-30",
            "weekdays": [5, 6],
            "hours": {"start": "22:00:00", "end": "02:00:00"},
        },
        "effect": {"spend": {"amount": "300", "currency": "CNY", "points": 40, "repeated": True}},
        "audience": {
            "tiers": [],
            "tags": ["vip"],
            "segments": ["sleeping"],
            "joined_within_days": 30,
        },
        "scope": {"categories": ["tea"], "skus": ["S1"], "margin_classes": ["rich"]},
        "priority": 3,
        "stackable": True,
        "per_member": 400,
        "budget": 10_000,
    }
    made, again = post("", whole), post("", whole)
    assert made.body == again.body == get(f"/{made.body['campaign_id']}").body
    assert {name: made.body[name] for name in whole if name != "effect"} == {
        name: it for name, it in whole.items() if name != "effect"
    }
    assert made.body["effect"]["spend"] == whole["effect"]["spend"]
    assert (made.body["status"], made.body["given"]) == ("draft", 0)
    assert post("", TERMS).problem == "idempotency-key-reused"
    assert [record.act for record in mall.audit] == ["campaign.create"]


@pytest.mark.parametrize(
    "change",
    [
        {"effect": {}},
        {"effect": {"multiplier": "2", "bonus": 5}},
        {"effect": {"multiplier": "1"}},
        {"window": {"first_day": "2026-11-20", "last_day": "2026-11-19"}},
        {"window": {**TERMS["window"], "weekdays": [0]}},
        {"window": {**TERMS["window"], "hours": {"start": "18:00:30", "end": "20:00"}}},
        {"audience": {"tiers": ["gold"]}},
        {"budget": 0},
        {"per_member": "100"},
        {"name": {"en": "Double"}},
        {"status": "running"},
    ],
)
def test_terms_that_cannot_be_are_refused(change: dict[str, Any]) -> None:
    assert post("", {**TERMS, **change}).problem == "invalid"


def test_a_campaign_goes_from_draft_over_scheduled_and_running_to_ended(mall: MemoryMall) -> None:
    days = {"first_day": "2026-11-22", "last_day": "2026-11-23"}
    path = drafted(window=days, budget=1_000)
    assert post(f"{path}/stop", {"reason": "no"}, key="key-0002").problem == "not-allowed-now"
    scheduled = post(f"{path}/schedule", key="key-0003").body
    assert (scheduled["status"], scheduled["allowed_actions"]) == (
        "scheduled",
        ["simulate", "stop"],
    )
    assert put(path, TERMS).problem == "not-allowed-now"
    assert post(f"{path}/start", key="key-0004").problem == "not-allowed-now"

    assert Shop(mall).pays("A1", 100).points == 100
    mall.clock.travel(days=1)
    assert get(path).body["status"] == "running"
    assert Shop(mall).pays("A2", 100).points == 200
    assert get(path).body["given"] == 100
    mall.clock.travel(days=2)
    assert get(path).body["status"] == "ended"
    assert Shop(mall).pays("A3", 100).points == 100


def test_a_campaign_is_started_by_hand_and_stopped_ten_seconds_later(mall: MemoryMall) -> None:
    days = {"first_day": "2026-12-24", "last_day": "2026-12-26"}
    path = drafted(window=days)
    mall.clock.travel(seconds=1)
    started = post(f"{path}/start", key="key-0002").body
    assert started["window"]["first_day"] == "2026-11-21"
    assert Shop(mall).pays("A1", 10).points == 10
    mall.clock.travel(seconds=10)
    assert get(path).body["status"] == "running"
    assert Shop(mall).pays("A2", 10).points == 20
    stopped = post(f"{path}/stop", {"reason": "too dear"}, key="key-0003").body
    assert stopped["status"] == "ended"
    paid_before = mall.clock.now()
    mall.clock.travel(seconds=10)
    assert Shop(mall).pays("A3", 10).points == 10
    assert Shop(mall).pays("A4", 10, paid_at=paid_before).points == 20
    again = post(f"{path}/stop", {"reason": "too dear"}, key="key-0003")
    assert (again.status, again.body["status"]) == (200, "ended")
    assert [record.act for record in mall.audit][1:] == ["campaign.start", "campaign.stop"]
    assert mall.audit[-1].reason == "too dear"


def test_a_draft_is_changed_as_often_as_need_be_and_each_change_is_told(mall: MemoryMall) -> None:
    path = drafted()
    mall.clock.travel(seconds=1)
    changed = put(path, {**TERMS, "budget": 500})
    assert (changed.status, changed.body["budget"]) == (200, 500)
    assert put(path, {**TERMS, "budget": 500}).status == 200
    assert [record.act for record in mall.audit] == ["campaign.create", "campaign.change"]
    assert (mall.audit[1].before, mall.audit[1].after) == ({"budget": None}, {"budget": 500})


def test_a_campaign_whose_days_have_passed_is_not_started() -> None:
    path = drafted(window={"first_day": "2026-11-01", "last_day": "2026-11-20"})
    assert post(f"{path}/schedule", key="key-0002").problem == "invalid"


def test_campaigns_are_listed_newest_first_part_by_part(mall: MemoryMall) -> None:
    ids = []
    for place in range(3):
        ids.append(drafted(f"key-000{place}")[1:])
        mall.clock.travel(seconds=1)
    first = get("?limit=2").body
    rest = get(f"?limit=2&cursor={first['next_cursor']}").body
    assert [it["campaign_id"] for it in (*first["items"], *rest["items"])] == ids[::-1]
    assert rest["next_cursor"] is None


@pytest.mark.parametrize("role", ["auditor", "reviewer"])
def test_only_operators_and_admins_change_anything(role: str) -> None:
    path = drafted()
    assert get(path, role).status == 200
    days = {"from": "2026-11-20", "to": "2026-11-21"}
    for answer in (
        post("", TERMS, role=role, key="key-0002"),
        put(path, TERMS, role),
        post(f"{path}/schedule", role=role),
        post(f"{path}/start", role=role),
        post(f"{path}/stop", {"reason": "no"}, role=role),
        post(f"{path}/simulate", days, role=role),
    ):
        assert answer.problem == "forbidden"
    assert get("/cmp_unheard-of").problem == "not-found"


def shop_days(mall: MemoryMall) -> None:
    """Three days of a shop: on each, lin buys for 100, and wang for 50 an hour later."""
    for day in range(3):
        mall.clock.set(datetime.fromisoformat("2026-11-18T02:00:00Z") + timedelta(days=day))
        Shop(mall).pays(f"A{day}", 100, category="tea")
        mall.clock.travel(hours=1)
        Shop(mall, CustomerRef("wang")).pays(f"B{day}", 50)
    mall.clock.set(datetime.fromisoformat("2026-11-21T04:00:00Z"))


def simulated(path: str, first: str = "2026-11-18", last: str = "2026-11-20") -> Any:
    answer = post(f"{path}/simulate", {"from": first, "to": last})
    assert answer.status == 200, answer.body
    return answer.body


def test_a_draft_is_let_loose_on_past_days_in_their_order_until_its_budget_ends(
    mall: MemoryMall,
) -> None:
    shop_days(mall)
    path = drafted(budget=280)
    found = simulated(path)
    campaign_id = path[1:]
    assert (found["orders"], found["issued"], found["simulated"]) == (6, 450, 730)
    assert found["budget_left"] == 0
    assert found["campaigns"] == [{"campaign_id": campaign_id, "orders": 4, "points": 280}]
    assert [(day["day"], day["issued"], day["simulated"]) for day in found["days"]] == [
        ("2026-11-18", 150, 300),
        ("2026-11-19", 150, 280),
        ("2026-11-20", 150, 150),
    ]
    assert mall.campaigns.drawn(mall.campaigns.campaign(campaign_id)) == {}  # type: ignore[arg-type] # it is there


def test_a_simulation_minds_weekdays_scope_and_each_member_s_cap(mall: MemoryMall) -> None:
    shop_days(mall)
    thursday = {**TERMS["window"], "weekdays": [4]}
    assert simulated(drafted("key-1001", window=thursday))["simulated"] == 450 + 150
    assert simulated(drafted("key-1002", scope={"categories": ["tea"]}))["simulated"] == 750
    assert simulated(drafted("key-1003", per_member=120))["simulated"] == 450 + 120 + 120


def test_a_simulation_of_a_campaign_that_ran_gives_what_it_gave(mall: MemoryMall) -> None:
    path = drafted(window={"first_day": "2026-11-18", "last_day": "2026-11-30"}, budget=280)
    mall.clock.set(datetime.fromisoformat("2026-11-17T04:00:00Z"))
    post(f"{path}/schedule", key="key-0002")
    shop_days(mall)
    found = simulated(path)
    assert found["issued"] == found["simulated"] == 730
    assert found["campaigns"][0]["points"] == get(path).body["given"] == 280


def test_a_simulation_beside_another_campaign_takes_the_better_of_the_two(
    mall: MemoryMall,
) -> None:
    rival = drafted("key-2001", effect={"bonus": 60})
    mall.clock.set(datetime.fromisoformat("2026-11-10T04:00:00Z"))
    post(f"{rival}/start", key="key-2002")
    shop_days(mall)
    found = simulated(drafted("key-2003"))
    by_campaign = {it["campaign_id"]: it["points"] for it in found["campaigns"]}
    assert by_campaign[rival[1:]] == 3 * 60
    assert found["simulated"] - found["issued"] == 3 * (100 - 60)


def test_a_ledger_that_is_too_long_for_one_call_says_what_to_do_instead(
    mall: MemoryMall, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop_days(mall)
    path = drafted()
    monkeypatch.setattr(simulating, "ROWS_A_READING", 2)
    monkeypatch.setattr(simulating, "MOST_READINGS", 2)
    body = {"from": "2026-11-18", "to": "2026-11-20"}
    assert "mall simulate" in post(f"{path}/simulate", body).body["detail"]
    seen: list[tuple[str, int, int | None]] = []
    simulating.simulate_campaign(
        mall,
        path[1:],
        date(2026, 11, 18),
        date(2026, 11, 20),
        most_readings=None,
        progress=lambda *told: seen.append(told),
    )
    assert seen[-1] == ("orders reckoned", 6, 6)
