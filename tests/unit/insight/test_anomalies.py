"""From events to cases, and from cases to what reviewers make of them."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from chalice.test import Client

from insight.anomalies.deciding import Decision, decide_case
from insight.anomalies.watching import watch_event
from insight.anomaly_handler import app
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.anomaly.finding import Case, CaseStatus
from loyalty.domain.anomaly.rules import Action, AnomalyRules, AttemptLimits, VelocityLimits
from loyalty.domain.audit import Operator
from loyalty.domain.changes import events_of
from loyalty.domain.entry import EntryKey
from loyalty.domain.errors import AlreadyDecided
from loyalty.domain.events import Event, EventName
from loyalty.domain.member import Member
from loyalty.domain.writes import AddMember
from loyalty.ports import EventsNotPublished
from support.books import account_of, bring
from support.happenings import entry, event
from support.http import Answer, Http

STRICT = AnomalyRules(velocity=VelocityLimits(per_hour=2))
FREEZING = AnomalyRules(velocity=VelocityLimits(per_hour=2, action=Action.FREEZE))


@pytest.fixture(autouse=True)
def watched(mall: MemoryMall) -> None:
    """Lin, who joined long ago, has points; more than two things an hour look wrong."""
    under(mall, STRICT)
    joined = mall.clock.now() - timedelta(days=400)
    mall.store.commit([AddMember(Member("lin", joined))])
    bring(mall, {mall.clock.now().date() + timedelta(days=90): 100})


def under(mall: MemoryMall, rules: AnomalyRules | None) -> None:
    mall.programmes.publish(replace(mall.programmes.live(), anomalies=rules))


def told(mall: MemoryMall, number: int, name: EventName = EventName.POINTS_EARNED) -> Event:
    now = mall.clock.now()
    return replace(event(name), event_id=f"e{number}", occurred_at=now, recorded_at=now)


def earn(mall: MemoryMall, times: int) -> int:
    return sum(watch_event(mall, told(mall, number)) for number in range(times))


def open_cases(mall: MemoryMall) -> list[Case]:
    return list(mall.anomalies.in_status(CaseStatus.OPEN).items)


def test_what_is_above_a_limit_opens_one_case_and_tells_it_once(mall: MemoryMall) -> None:
    assert earn(mall, 2) == 0
    assert earn(mall, 6) == 1, "two of them were seen before"
    (case,) = open_cases(mall)
    assert (case.kind, case.members) == ("velocity", ("lin",))
    assert case.facts == {
        "rule": "purchase",
        "times": 3,
        "limit": 2,
        "within": "hour",
        "day": "2026-11-21",
    }
    assert [it.name for it in mall.event_bus.published] == [EventName.ANOMALY_FOUND]
    assert account_of(mall).frozen_at is None


def test_an_event_that_is_told_again_counts_once(mall: MemoryMall) -> None:
    assert sum(watch_event(mall, told(mall, 1)) for _ in range(20)) == 0
    trace = mall.traces.trace("member:lin")
    assert trace is not None and (trace.times("purchase/hour"), trace.day_entries) == (1, 1)
    assert trace.joined_on is not None


def test_nobody_watches_where_the_programme_does_not_say_so(mall: MemoryMall) -> None:
    under(mall, None)
    assert earn(mall, 9) == 0
    assert mall.traces.trace("member:lin") is None


def test_a_rule_may_freeze_and_the_audit_says_which(mall: MemoryMall) -> None:
    under(mall, FREEZING)
    earn(mall, 5)
    (case,) = open_cases(mall)
    assert case.is_frozen
    assert account_of(mall).frozen_at == mall.clock.now()
    (record,) = mall.audit
    assert (record.act, record.actor, record.request_id) == (
        "member.freeze",
        "system",
        case.anomaly_id,
    )


def test_a_case_whose_news_was_lost_is_told_again(mall: MemoryMall) -> None:
    earn(mall, 2)
    mall.event_bus.is_down = True
    with pytest.raises(EventsNotPublished):
        watch_event(mall, told(mall, 2))
    mall.event_bus.is_down = False
    assert watch_event(mall, told(mall, 2)) == 0
    assert [it.name for it in mall.event_bus.published] == [EventName.ANOMALY_FOUND]


def test_a_reviewed_redemption_counts_once(mall: MemoryMall) -> None:
    for number, name in enumerate((EventName.REDEMPTION_SUBMITTED, EventName.REDEMPTION_CONFIRMED)):
        watch_event(mall, told(mall, number, name))
    trace = mall.traces.trace("member:lin")
    assert trace is not None and trace.times("redemption/hour") == 1


def test_a_claimed_packet_is_a_gift_of_its_giver(mall: MemoryMall) -> None:
    watch_event(mall, told(mall, 1, EventName.POINTS_TRANSFERRED))
    giver = mall.traces.trace("member:wang")
    assert giver is not None and giver.companions["gave:lin"].points == 30
    assert mall.traces.trace("device:ab12") is None, "the giver was not there"


def test_guesses_are_counted_with_their_place(mall: MemoryMall) -> None:
    under(mall, replace(STRICT, attempts=AttemptLimits(per_hour=3)))
    opened = [
        watch_event(mall, told(mall, number, EventName.ATTEMPT_REFUSED)) for number in range(4)
    ]
    assert opened == [0, 0, 0, 1]
    assert mall.traces.trace("device:ab12") is not None


def test_the_queue_hands_back_what_it_does_not_understand(mall: MemoryMall) -> None:
    good = told(mall, 1)
    bodies: list[Any] = [
        {"detail-type": good.name, "source": good.name.source, "detail": good.detail},
        {"detail-type": "Nonsense"},
    ]
    records = [
        {"messageId": f"m{n}", "body": json.dumps(body), "eventSource": "aws:sqs"}
        for n, body in enumerate(bodies)
    ]
    with Client(app) as client:
        answer = client.lambda_.invoke("watch", {"Records": records}).payload
    assert answer == {"batchItemFailures": [{"itemIdentifier": "m1"}]}
    assert mall.traces.trace("member:lin") is not None


@pytest.fixture
def case(mall: MemoryMall) -> Case:
    under(mall, FREEZING)
    earn(mall, 3)
    (found,) = open_cases(mall)
    return found


def decide(http: Http, case: Case, decision: str, **about: Any) -> Answer:
    path = f"/v1/admin/anomalies/{case.anomaly_id}/decision"
    by = {"user": "rev", "groups": ["reviewer"], "key": "key-of-rev-1", **about}
    return http.post(path, {"decision": decision, "reason": "We asked her."}, **by)


def test_reviewers_see_cases_with_their_facts(http: Http, case: Case) -> None:
    seen = http.get("/v1/admin/anomalies", user="aud", groups=["auditor"]).body
    (shown,) = seen["items"]
    assert (shown["kind"], shown["status"], shown["is_frozen"]) == ("velocity", "open", True)
    path = f"/v1/admin/anomalies/{case.anomaly_id}"
    assert http.get(path, user="aud", groups=["auditor"]).body == shown
    assert http.get(f"{path}x", user="aud", groups=["auditor"]).problem == "not-found"
    dismissed = http.get("/v1/admin/anomalies?status=dismissed", user="a", groups=["auditor"])
    assert dismissed.body["items"] == []


@pytest.mark.parametrize(
    ("decision", "status", "is_frozen"),
    [
        ("dismiss", "dismissed", True),
        ("unfreeze", "dismissed", False),
        ("freeze", "confirmed", True),
    ],
)
def test_a_decision_does_what_it_says(
    http: Http, mall: MemoryMall, case: Case, decision: str, status: str, is_frozen: bool
) -> None:
    answer = decide(http, case, decision)

    assert (answer.status, answer.body["status"], answer.body["decided_by"]) == (200, status, "rev")
    assert (account_of(mall).frozen_at is not None) is is_frozen
    assert mall.audit[-1].act == "anomaly.decide" or mall.audit[-1].subject.startswith("member:")
    assert {it.act for it in mall.audit} >= {"anomaly.decide"}
    assert open_cases(mall) == []


def test_a_case_is_decided_once_and_its_repetition_finds_the_decision(
    http: Http, mall: MemoryMall, case: Case
) -> None:
    first = decide(http, case, "unfreeze")
    assert decide(http, case, "unfreeze").body == first.body
    assert decide(http, case, "freeze", key="key-of-rev-2").problem == "already-decided"
    assert decide(http, case, "freeze").problem == "idempotency-key-reused"
    assert account_of(mall).frozen_at is None


def test_who_stands_in_a_case_does_not_decide_it(http: Http, case: Case) -> None:
    assert decide(http, case, "unfreeze", user="lin").problem == "forbidden"
    assert decide(http, case, "unfreeze", groups=["operator"]).problem == "forbidden"


def test_two_reviewers_at_once_decide_once(mall: MemoryMall, case: Case) -> None:
    def dismiss(who: str) -> Case:
        by = Operator(who, "reviewer", "request-1")
        return decide_case(mall, by, case.anomaly_id, f"key-{who}", Decision.DISMISS, "A family.")

    mall.store.before_next_commit(lambda: dismiss("quicker"))
    with pytest.raises(AlreadyDecided):
        dismiss("slower")
    decided = mall.anomalies.case(case.anomaly_id)
    assert decided is not None and decided.decided_by == "quicker"


def test_a_referral_is_seen_where_the_friend_was(mall: MemoryMall) -> None:
    place = {"ip": "5f0c", "device": "friends-phone"}
    reward = entry(
        key=EntryKey("member:lin", "referral:1f2e"),
        reason="referral",
        reference=None,
        explanation={"friend": "mei", "origin": place},
    )
    (news,) = events_of(reward)
    assert (news.facts["origin"], news.facts["counterpart"]) == (place, "mei")

    watch_event(mall, news)
    trace = mall.traces.trace("member:lin")
    assert trace is not None and trace.device is None, "she was not there"
    assert trace.companions["brought:mei"].place == "friends-phone"
    assert trace.times("referral/hour") == 1, "the reward; the friend is no second one"
    assert mall.traces.trace("device:friends-phone") is None
