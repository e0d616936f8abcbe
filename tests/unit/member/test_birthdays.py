from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.congratulating import congratulate
from loyalty.domain.account import Account
from loyalty.domain.birthday import BirthdayRules
from loyalty.domain.member import Member
from loyalty.domain.writes import AddMember, ChangeAccount, ChangeMember
from support.http import Http

LIN = "lin-0001"
JOINED = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def lin(mall: MemoryMall) -> Member:
    """Lin was born on 29 February; the programme gives 50 points on the day."""
    mall.programmes.publish(replace(ONE_YUAN_A_POINT, version=2, birthday=BirthdayRules(points=50)))
    member = Member(LIN, JOINED, birthday=date(2000, 2, 29))
    mall.store.commit([AddMember(member)])
    return member


def on(mall: MemoryMall, day: str) -> None:
    """Let it be noon of a day in Shanghai."""
    mall.clock.set(datetime.fromisoformat(f"{day}T04:00:00+00:00"))


def given(mall: MemoryMall) -> list[str]:
    return [entry.key.fact for entry in mall.ledger.statement(LIN).items]


def test_the_first_look_on_the_day_brings_the_points_once(
    http: Http, mall: MemoryMall, lin: Member
) -> None:
    assert lin
    for day, times in (("2028-02-28", 0), ("2028-02-29", 1), ("2028-03-01", 1)):
        on(mall, day)
        http.get("/v1/me", user=LIN)
        http.get("/v1/me", user=LIN)
        assert given(mall) == ["birthday:2028"] * times
    (entry,) = mall.ledger.statement(LIN).items
    assert (entry.points, entry.reason) == (50, "birthday")


def test_a_leap_days_child_celebrates_on_the_28th_in_other_years(
    http: Http, mall: MemoryMall, lin: Member
) -> None:
    assert lin
    for day in ("2027-02-28", "2027-03-01", "2028-02-28", "2028-02-29"):
        on(mall, day)
        http.get("/v1/me", user=LIN)
    assert given(mall) == ["birthday:2028", "birthday:2027"]


def test_another_birthday_earns_nothing_more_that_year(
    http: Http, mall: MemoryMall, lin: Member
) -> None:
    on(mall, "2027-02-28")
    http.get("/v1/me", user=LIN)
    mall.store.commit([ChangeMember(lin.changed(birthday=date(2000, 3, 1)))])
    on(mall, "2027-03-01")
    http.get("/v1/me", user=LIN)
    assert given(mall) == ["birthday:2027"]


def test_who_joins_on_the_day_that_they_call_their_birthday_gets_nothing_for_it(
    mall: MemoryMall, lin: Member
) -> None:
    on(mall, "2027-02-28")
    new = replace(lin, member_id="new", joined_at=mall.clock.now())
    assert not congratulate(mall, new)


def test_two_looks_at_once_bring_them_once(mall: MemoryMall, lin: Member) -> None:
    on(mall, "2027-02-28")
    mall.store.before_next_commit(lambda: congratulate(mall, lin))
    assert not congratulate(mall, lin)
    assert given(mall) == ["birthday:2027"]


def test_an_account_that_changes_meanwhile_is_read_again(mall: MemoryMall, lin: Member) -> None:
    on(mall, "2027-02-28")
    change = ChangeAccount(Account(LIN), Account(LIN, lots={date(2028, 2, 29): 5}))
    mall.store.before_next_commit(lambda: mall.store.commit([change]))
    assert congratulate(mall, lin)
    assert mall.accounts.account(LIN).lots == {date(2028, 2, 29): 55}


def test_a_programme_without_birthday_points_gives_none(mall: MemoryMall, lin: Member) -> None:
    mall.programmes.publish(replace(ONE_YUAN_A_POINT, version=3, birthday=BirthdayRules()))
    on(mall, "2027-02-28")
    assert not congratulate(mall, lin)
