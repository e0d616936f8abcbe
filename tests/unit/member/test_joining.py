from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from loyalty.adapters.memory import MemoryMall
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.domain.account import Account, Kind, Posting, unchanged
from loyalty.domain.entry import Circumstances, EntryKey
from loyalty.domain.member import Member
from loyalty.domain.welcome import WelcomeRules
from loyalty.domain.writes import AddMember, ChangeAccount
from loyalty.joining import member_of
from loyalty.posting import changes
from support.http import Http

LIN = "lin-0001"
NEXT_YEAR = date(2027, 11, 30)


@pytest.fixture(autouse=True)
def welcoming(mall: MemoryMall) -> None:
    mall.programmes.publish(replace(ONE_YUAN_A_POINT, version=2, welcome=WelcomeRules(100)))


@pytest.mark.parametrize("path", ["/v1/me", "/v1/me/points"])
def test_the_first_call_welcomes_the_new_member(http: Http, mall: MemoryMall, path: str) -> None:
    http.get(path, user=LIN)
    http.get(path, user=LIN)
    assert http.get("/v1/me/points", user=LIN).body["available"] == 100
    (entry,) = mall.ledger.statement(LIN).items
    assert (entry.key, entry.kind) == (EntryKey(f"member:{LIN}", "welcome"), Kind.EARN)
    assert (entry.reason, entry.lots, entry.programme_version) == ("welcome", {NEXT_YEAR: 100}, 2)


def test_the_first_look_at_ones_points_shows_the_welcome_already(http: Http) -> None:
    assert http.get("/v1/me/points", user=LIN).body["available"] == 100


def test_two_first_calls_at_once_welcome_once(mall: MemoryMall) -> None:
    mall.store.before_next_commit(lambda: member_of(mall, LIN))
    member_of(mall, LIN)
    assert mall.accounts.account(LIN).lots == {NEXT_YEAR: 100}


def test_whose_profile_was_erased_is_welcomed_no_second_time(mall: MemoryMall) -> None:
    member_of(mall, LIN)
    mall._rows.put(("member", LIN), None)
    assert member_of(mall, LIN).member_id == LIN
    assert mall.accounts.account(LIN).lots == {NEXT_YEAR: 100}


def test_who_bought_before_the_first_call_keeps_that_and_is_welcomed_too(
    mall: MemoryMall,
) -> None:
    before, now = mall.accounts.account(LIN), mall.clock.now()
    why = Circumstances(now, now, "purchase", "shop:standard", "A1")
    early = Posting(Kind.EARN, lots={date(2026, 12, 31): 7})
    outcome = unchanged(before).then(early)
    mall.store.commit(changes(before, outcome, EntryKey("order:standard:A1", "paid"), why))
    member_of(mall, LIN)
    assert mall.accounts.account(LIN).lots == {date(2026, 12, 31): 7, NEXT_YEAR: 100}


def test_an_account_that_changes_meanwhile_is_read_again(mall: MemoryMall) -> None:
    after = Account(LIN, lots={NEXT_YEAR: 5})
    change = ChangeAccount(Account(LIN), after)
    mall.store.before_next_commit(lambda: mall.store.commit([change]))
    member_of(mall, LIN)
    assert mall.accounts.account(LIN).lots == {NEXT_YEAR: 105}


def test_who_is_a_member_already_is_not_welcomed_when_the_programme_begins_to(
    mall: MemoryMall,
) -> None:
    mall.store.commit([AddMember(Member(LIN, datetime(2026, 1, 1, tzinfo=UTC)))])
    member_of(mall, LIN)
    assert mall.accounts.account(LIN).version == 0


def test_a_lost_answer_welcomes_once(http: Http, mall: MemoryMall) -> None:
    mall.store.lose_next_reply()
    assert http.get("/v1/me", user=LIN).status == 503
    assert http.get("/v1/me", user=LIN).status == 200
    assert mall.accounts.account(LIN).available_on(date(2026, 11, 21)) == 100
