from dataclasses import replace
from datetime import date

import pytest

from earn.activities.check_ins import check_in
from earn.activities.repairs import repair_day
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Kind
from loyalty.domain.errors import AlreadyCheckedIn
from loyalty.domain.writes import ChangeAccount
from support.http import Http
from unit.earn.activities.conftest import PROGRAMME

PATH, LIN = "/v1/me/check-ins", "lin-0001"
TODAY = date(2026, 11, 21)


@pytest.fixture
def rich(mall: MemoryMall) -> str:
    """Lin has 100 points."""
    before = mall.accounts.account(LIN)
    mall.store.commit([ChangeAccount(before, replace(before, lots={date(2027, 11, 30): 100}))])
    return LIN


def came_but_on(mall: MemoryMall, *missed: int, days: int) -> None:
    """Let lin come on some days in a row, but not on some of them; the last one is today."""
    for number in range(1, days + 1):
        if number not in missed:
            check_in(mall, LIN)
        mall.clock.travel(days=1)
    mall.clock.travel(days=-1)


def available(mall: MemoryMall) -> int:
    return mall.accounts.account(LIN).available_on(TODAY)


def test_a_repaired_day_costs_points_and_lets_the_row_go_on(
    http: Http, mall: MemoryMall, rich: str
) -> None:
    came_but_on(mall, 3, days=5)
    before = available(mall)
    answer = http.post(f"{PATH}/repairs", {"date": "2026-11-23"}, user=rich)
    assert (answer.status, answer.body) == (
        201,
        {"date": "2026-11-23", "price": 10, "points": 0, "streak": 5},
    )
    assert available(mall) == before - 10
    mall.clock.travel(days=1)
    assert check_in(mall, LIN).points == 6


def test_a_repair_that_completes_a_week_pays_its_bonus(mall: MemoryMall, rich: str) -> None:
    came_but_on(mall, 4, days=7)
    before = available(mall)
    assert repair_day(mall, rich, date(2026, 11, 24)).points == 5
    assert available(mall) == before - 10 + 5
    kinds = {one.kind for one in mall.ledger.entries_under(f"member:{LIN}", "check-in")}
    assert kinds == {Kind.SPEND, Kind.EARN}


def test_a_repair_that_completes_the_month_before_pays_its_bonus(
    mall: MemoryMall, rich: str
) -> None:
    mall.clock.travel(days=10)
    came_but_on(mall, 30, days=33)
    assert mall.clock.now().date() == date(2027, 1, 2)
    assert repair_day(mall, rich, date(2026, 12, 30)).points == 30
    with pytest.raises(AlreadyCheckedIn):
        repair_day(mall, rich, date(2026, 12, 30))


def test_a_day_that_is_marked_is_not_repaired(http: Http, mall: MemoryMall, rich: str) -> None:
    came_but_on(mall, 2, days=3)
    for day in ("2026-11-21", "2026-11-23"):
        answer = http.post(f"{PATH}/repairs", {"date": day}, user=rich)
        assert (answer.status, answer.problem) == (409, "already-checked-in")


@pytest.mark.parametrize("day", ["2026-11-20", "2026-12-01", "2026-12-02", "2026-11-23"], ids=str)
def test_a_day_that_is_not_over_too_old_or_before_the_membership_is_not_repaired(
    http: Http, mall: MemoryMall, rich: str, day: str
) -> None:
    came_but_on(mall, *range(2, 12), days=11)
    assert mall.clock.now().date() == date(2026, 12, 1)
    answer = http.post(f"{PATH}/repairs", {"date": day}, user=rich)
    assert answer.status == 422, answer.body


def test_a_member_repairs_no_day_before_joining(http: Http, mall: MemoryMall, rich: str) -> None:
    check_in(mall, LIN)
    answer = http.post(f"{PATH}/repairs", {"date": "2026-11-20"}, user=rich)
    assert answer.status == 422
    assert http.get(PATH, user=LIN).body["repairable"] == []


def test_no_more_days_of_a_month_are_repaired_than_the_programme_says(
    http: Http, mall: MemoryMall, rich: str
) -> None:
    came_but_on(mall, 2, 4, 5, 6, days=7)
    for day in (22, 24, 25):
        repair_day(mall, rich, date(2026, 11, day))
    answer = http.post(f"{PATH}/repairs", {"date": "2026-11-26"}, user=rich)
    assert (answer.problem, answer.body["limit"], answer.body["period"]) == (
        "limit-reached",
        3,
        "month",
    )


def test_who_cannot_pay_repairs_nothing(http: Http, mall: MemoryMall) -> None:
    came_but_on(mall, 2, days=3)
    answer = http.post(f"{PATH}/repairs", {"date": "2026-11-22"}, user=LIN)
    assert (answer.problem, answer.body["needed"]) == ("insufficient-points", 10)
    assert mall.activities.check_ins(LIN).repaired == ()


def test_two_repairs_at_once_pay_once(mall: MemoryMall, rich: str) -> None:
    came_but_on(mall, 2, days=3)
    before = available(mall)
    missed = date(2026, 11, 22)
    mall.store.before_next_commit(lambda: repair_day(mall, rich, missed))
    with pytest.raises(AlreadyCheckedIn):
        repair_day(mall, rich, missed)
    assert available(mall) == before - 10


def test_where_nothing_is_repaired_the_programme_says_so(
    http: Http, mall: MemoryMall, rich: str
) -> None:
    rules = PROGRAMME.check_ins
    assert rules
    without = replace(PROGRAMME, version=2, check_ins=replace(rules, repair=None))
    mall.programmes.publish(without)
    came_but_on(mall, 2, days=3)
    answer = http.post(f"{PATH}/repairs", {"date": "2026-11-22"}, user=rich)
    assert answer.problem == "not-found"
    assert http.get(PATH, user=LIN).body["repair_price"] is None


def test_the_calendar_shows_a_month_and_how_things_stand(http: Http, mall: MemoryMall) -> None:
    came_but_on(mall, 2, 4, days=12)
    mall.clock.travel(days=1)
    shown = http.get(f"{PATH}?month=2026-11", user=LIN).body
    assert [day["date"][-2:] for day in shown["days"]] == [
        "21",
        "23",
        *map(str, range(25, 31)),
    ]
    assert shown["days"][0] == {"date": "2026-11-21", "points": 1, "is_repaired": False}
    assert (shown["month"], shown["today"]) == ("2026-11", "2026-12-03")
    assert (shown["checked_in_today"], shown["streak"], shown["next_points"]) == (False, 8, 7)
    december = http.get(PATH, user=LIN).body
    assert [day["date"] for day in december["days"]] == ["2026-12-01", "2026-12-02"]


def test_the_calendar_tells_repaired_days_and_those_that_can_be(
    http: Http, mall: MemoryMall, rich: str
) -> None:
    came_but_on(mall, 2, 4, days=6)
    assert http.get(PATH, user=LIN).body["repairable"] == ["2026-11-22", "2026-11-24"]
    repair_day(mall, rich, date(2026, 11, 22))
    shown = http.get(PATH, user=LIN).body
    assert shown["repairable"] == ["2026-11-24"]
    assert shown["days"][1] == {"date": "2026-11-22", "points": 0, "is_repaired": True}


@pytest.mark.parametrize("month", ["2026", "2026-13", "november", "2026-11-21", "26-1111"])
def test_what_is_no_month_is_refused(http: Http, month: str) -> None:
    assert http.get(f"{PATH}?month={month}", user=LIN).status == 422
