from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from earn.activities.check_ins import check_in
from loyalty.adapters.memory import MemoryMall
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.domain.account import Kind
from loyalty.domain.errors import AlreadyCheckedIn
from loyalty.domain.writes import ChangeAccount
from support.http import Answer, Http
from unit.earn.activities.conftest import PROGRAMME

PATH, LIN = "/v1/me/check-ins", "lin-0001"


def days_in_a_row(mall: MemoryMall, count: int, member_id: str = LIN) -> list[int]:
    """Check in on some days in a row, the last of them today."""
    given = []
    for _ in range(count):
        given.append(check_in(mall, member_id).points)
        mall.clock.travel(days=1)
    mall.clock.travel(days=-1)
    return given


def entries(mall: MemoryMall, member_id: str = LIN) -> list[tuple[str, Kind, int]]:
    page = mall.ledger.statement(member_id, limit=100)
    return [(one.reason, one.kind, one.points) for one in page.items]


def ask(http: Http, **more: Any) -> Answer:
    return http.post(PATH, user=LIN, **more)


def test_the_first_check_in_makes_a_member_and_gives_the_ladders_first_step(
    http: Http, mall: MemoryMall
) -> None:
    answer = ask(http)
    assert (answer.status, answer.body) == (
        201,
        {"date": "2026-11-21", "points": 1, "streak": 1, "next_points": 2},
    )
    assert mall.members.member(LIN)
    assert mall.accounts.account(LIN).lots == {date(2027, 11, 30): 1}
    assert entries(mall) == [("check-in", Kind.EARN, 1)]


def test_the_second_time_the_same_day_gets_the_first_ones_facts(
    http: Http, mall: MemoryMall
) -> None:
    ask(http)
    again = ask(http)
    assert (again.status, again.problem) == (409, "already-checked-in")
    told = {name: again.body[name] for name in ("date", "points", "streak", "next_points")}
    assert told == {"date": "2026-11-21", "points": 1, "streak": 1, "next_points": 2}
    assert len(entries(mall)) == 1


def test_a_week_in_a_row_climbs_the_ladder_and_pays_its_bonus(mall: MemoryMall) -> None:
    assert days_in_a_row(mall, 15) == [1, 2, 3, 4, 5, 6, 12, 7, 7, 7, 7, 7, 7, 12, 7]
    assert mall.accounts.account(LIN).available_on(date(2026, 11, 21)) == 94


def test_the_day_before_a_bonus_announces_it(http: Http, mall: MemoryMall) -> None:
    days_in_a_row(mall, 5)
    mall.clock.travel(days=1)
    assert ask(http).body == {
        "date": "2026-11-26",
        "points": 6,
        "streak": 6,
        "next_points": 7 + 5,
    }


def test_a_full_month_pays_its_bonus_once(mall: MemoryMall) -> None:
    mall.clock.set(datetime(2028, 2, 1, 4, tzinfo=UTC))
    given = days_in_a_row(mall, 29)
    assert given[27:] == [7 + 5, 7 + 30]
    assert [one for one in entries(mall) if one[0] == "check-in-bonus"] == [
        ("check-in-bonus", Kind.EARN, 30),
        *[("check-in-bonus", Kind.EARN, 5)] * 4,
    ]


def test_a_missed_day_begins_the_ladder_anew(http: Http, mall: MemoryMall) -> None:
    days_in_a_row(mall, 3)
    mall.clock.travel(days=2)
    assert ask(http).body["points"] == 1


@pytest.mark.parametrize(
    "zone, first, second, is_another_day",
    [
        ("Asia/Shanghai", "2026-11-21T15:59:59Z", "2026-11-21T16:00:00Z", True),
        ("Asia/Shanghai", "2026-11-20T16:00:00Z", "2026-11-21T15:59:59Z", False),
        ("America/Los_Angeles", "2026-11-22T07:59:59Z", "2026-11-22T08:00:00Z", True),
        # The day when clocks go back has 25 hours, the one when they go forward 23.
        ("America/New_York", "2026-11-01T04:00:00Z", "2026-11-02T04:59:59Z", False),
        ("America/New_York", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z", True),
        ("America/New_York", "2026-03-08T05:00:00Z", "2026-03-09T03:59:59Z", False),
        ("America/New_York", "2026-03-08T05:00:00Z", "2026-03-09T04:00:00Z", True),
        ("Pacific/Kiritimati", "2026-12-31T09:59:59Z", "2026-12-31T10:00:00Z", True),
        ("Asia/Kolkata", "2028-02-28T18:29:59Z", "2028-02-28T18:30:00Z", True),
    ],
)
def test_a_day_is_the_programmes_own(
    mall: MemoryMall, zone: str, first: str, second: str, is_another_day: bool
) -> None:
    mall.programmes.publish(replace(PROGRAMME, version=2, time_zone=zone))
    mall.clock.set(datetime.fromisoformat(first))
    assert check_in(mall, LIN).streak == 1
    mall.clock.set(datetime.fromisoformat(second))
    if is_another_day:
        assert check_in(mall, LIN).streak == 2
        return
    with pytest.raises(AlreadyCheckedIn):
        check_in(mall, LIN)


def test_every_day_of_five_years_counts_wherever_the_programme_is(mall: MemoryMall) -> None:
    mall.programmes.publish(replace(PROGRAMME, version=2, time_zone="America/New_York"))
    morning = datetime(2024, 1, 1, 9, tzinfo=ZoneInfo("America/New_York"))
    for number in range(1, 5 * 365):
        mall.clock.set(morning.replace(tzinfo=UTC))
        assert check_in(mall, LIN).streak == number
        morning = datetime.fromordinal(morning.toordinal() + 1).replace(hour=12, tzinfo=UTC)
    assert len(mall.activities.check_ins(LIN).days) == 62


def test_a_call_that_loses_the_race_finds_the_day_taken(mall: MemoryMall) -> None:
    check_in(mall, LIN)
    mall.clock.travel(days=1)
    mall.store.before_next_commit(lambda: check_in(mall, LIN))
    with pytest.raises(AlreadyCheckedIn) as refused:
        check_in(mall, LIN)
    assert refused.value.facts["points"] == 2
    assert len(entries(mall)) == 2


def test_an_answer_that_is_lost_is_told_by_the_second(http: Http, mall: MemoryMall) -> None:
    mall.store.lose_next_reply()
    mall.store.lose_next_reply()
    assert ask(http).status == 503
    ask(http)
    assert ask(http).body["points"] == 1
    assert len(entries(mall)) == 1


def test_a_debt_is_repaid_first(mall: MemoryMall) -> None:
    before = mall.accounts.account(LIN)
    mall.store.commit([ChangeAccount(before, replace(before, debt=3))])
    assert days_in_a_row(mall, 3) == [1, 2, 3]
    account = mall.accounts.account(LIN)
    assert (account.debt, sum(account.lots.values())) == (0, 3)


def test_a_programme_without_check_ins_knows_none(http: Http, mall: MemoryMall) -> None:
    mall.programmes.publish(replace(ONE_YUAN_A_POINT, version=2))
    assert ask(http).problem == "not-found"
    assert http.get(PATH, user=LIN).problem == "not-found"


def test_nobody_but_a_member_checks_in(http: Http) -> None:
    assert http.post(PATH, claims={"client_id": "shop", "token_use": "access"}).status == 403


def test_where_a_check_in_came_from_is_kept_and_not_told(http: Http, mall: MemoryMall) -> None:
    ask(http, headers={"X-Device-Id": "a-phone-of-lin"})
    (entry,) = mall.ledger.statement(LIN).items
    assert entry.explanation["streak"] == 1
    assert set(entry.explanation["origin"]) == {"ip", "device"}  # type: ignore[call-overload]
