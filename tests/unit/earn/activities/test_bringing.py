"""Who brought whom: codes, and what may not be said with them."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from earn.activities.bringing import say_who_brought, show_referral
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.referral import ReferralCode, ReferralRules, code_of
from loyalty.domain.writes import SaveActivity
from loyalty.joining import member_of
from support.http import Answer, Http
from unit.earn.activities.conftest import PROGRAMME

PATH, LIN, MEI, TAO = "/v1/me/referral", "lin", "mei-0001", "tao-0001"
RULES = ReferralRules(500, 300, within_days=7, minimum=Decimal(50), per_month=1, total=2)
TODAY = date(2026, 11, 21)
KEYS = (f"key-{number:05}" for number in range(10_000))


@pytest.fixture(autouse=True)
def rules(mall: MemoryMall) -> None:
    mall.programmes.publish(replace(PROGRAMME, version=2, referral=RULES))


def bring(mall: MemoryMall, friend: str, referrer: str = LIN) -> None:
    member_of(mall, friend)
    code = show_referral(mall, referrer).referrer.code
    say_who_brought(mall, friend, next(KEYS), code)


def say(http: Http, code: str, user: str = MEI, key: str = "") -> Answer:
    return http.post(PATH, {"code": code}, user=user, key=key or next(KEYS))


def test_everybody_has_one_code_that_can_be_read_aloud(http: Http, mall: MemoryMall) -> None:
    first = http.get(PATH, user=LIN)
    assert (first.status, http.get(PATH, user=LIN).body) == (200, first.body)
    assert first.body["code"] == code_of(LIN)
    assert first.body["link"] is None
    assert (first.body["earned"], first.body["friends"], first.body["brought_by"]) == (0, [], None)
    assert mall.members.member(LIN)
    assert not set(first.body["code"]) & set("01IO")


def test_a_code_that_is_taken_is_given_to_nobody_else(mall: MemoryMall, http: Http) -> None:

    mall.store.commit([SaveActivity(ReferralCode(code_of(LIN), "another"))])
    assert http.get(PATH, user=LIN).body["code"] == code_of(LIN, 1)


def test_a_new_member_says_once_who_brought_them(http: Http) -> None:
    code = http.get(PATH, user=LIN).body["code"]
    answer = say(http, code.lower(), key="the-same-key")
    assert (answer.status, answer.body) == (
        201,
        {
            "code": code,
            "since": "2026-11-21T04:00:00Z",
            "status": "waiting",
            "friend_points": 0,
        },
    )
    assert say(http, code, key="the-same-key").body == answer.body
    assert say(http, code).problem == "already-exists"
    other = http.get(PATH, user=TAO).body["code"]
    assert say(http, other).problem == "already-exists"
    assert say(http, other, key="the-same-key").problem == "idempotency-key-reused"
    assert http.get(PATH, user=MEI).body["brought_by"] == answer.body
    assert http.get(PATH, user=LIN).body["friends"] == [
        {"since": "2026-11-21T04:00:00Z", "status": "waiting", "points": 0}
    ]


def refused(answer: Answer) -> list[str]:
    assert answer.problem == "not-eligible", answer.body
    reasons: list[str] = answer.body["reasons"]
    return reasons


def test_nobody_brings_themselves_nor_who_brought_them(http: Http, mall: MemoryMall) -> None:
    bring(mall, MEI)
    code = http.get(PATH, user=LIN).body["code"]
    assert refused(say(http, code, user=LIN)) == ["own-code"]
    assert refused(say(http, http.get(PATH, user=MEI).body["code"], user=LIN)) == ["ring"]
    assert mall.activities.bond(LIN) is None


def test_it_is_too_late_some_days_after_joining(http: Http, mall: MemoryMall) -> None:
    code = http.get(PATH, user=LIN).body["code"]
    member_of(mall, MEI)
    mall.clock.travel(days=7, seconds=1)
    assert refused(say(http, code)) == ["too-late"]


def test_an_unknown_code_is_nobodys(http: Http) -> None:
    assert say(http, "22222222").problem == "not-found"
    assert say(http, "no code!").status == 422


def test_without_rules_nobody_is_brought(http: Http, mall: MemoryMall) -> None:
    mall.programmes.publish(replace(PROGRAMME, version=3))
    assert http.get(PATH, user=LIN).problem == "not-found"
    assert say(http, code_of(LIN)).problem == "not-found"
