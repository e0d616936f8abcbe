"""Whoever tries codes of others leaves a trace, where the programme watches."""

from dataclasses import replace

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.anomaly.rules import AnomalyRules
from loyalty.domain.events import EventName
from loyalty.domain.referral import ReferralRules
from support.http import Answer, Http

REFERRAL = ReferralRules(friend_points=20, referrer_points=30)


def guess(http: Http) -> Answer:
    phone = {"X-Device-Id": "the-phone-of-mei"}
    return http.post(
        "/v1/me/referral", {"code": "22222222"}, user="mei", key="key-of-mei-1", headers=phone
    )


def test_a_code_that_is_nobodys_is_told_with_its_origin(http: Http, mall: MemoryMall) -> None:
    rules = replace(mall.programmes.live(), referral=REFERRAL, anomalies=AnomalyRules())
    mall.programmes.publish(rules)

    assert guess(http).problem == "not-found"
    (told,) = mall.event_bus.published
    assert (told.name, told.facts["what"]) == (EventName.ATTEMPT_REFUSED, "referral-code")
    assert told.member_id == "mei"
    origin = told.facts["origin"]
    assert isinstance(origin, dict) and set(origin) == {"ip", "device"}


def test_where_nobody_watches_nothing_is_told(http: Http, mall: MemoryMall) -> None:
    mall.programmes.publish(replace(mall.programmes.live(), referral=REFERRAL))
    assert guess(http).problem == "not-found"
    assert mall.event_bus.published == []
