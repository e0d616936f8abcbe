from datetime import date

import pytest

from loyalty.domain.account import Kind
from loyalty.domain.changes import EVENT_OF_KIND, EVENT_OF_STATUS, RedemptionChange, events_of
from loyalty.domain.entry import EntryKey
from loyalty.domain.events import EventName
from loyalty.domain.redemption import Status
from support.happenings import LINK, NOW, SECRETS, change_for, entry, event, reached, redemption

TOLD_OF_NO_CHANGE = {
    EventName.ATTEMPT_REFUSED,
    EventName.ANOMALY_FOUND,
    EventName.RECORD_NOT_UNDERSTOOD,
}
TOLD_OF_A_CHANGE = sorted(set(EventName) - TOLD_OF_NO_CHANGE)


ORDERS_NEWS = {EventName.POINTS_EARNED, EventName.POINTS_CLAWED_BACK, EventName.ORDER_BOOKED}


@pytest.mark.parametrize("name", sorted(set(TOLD_OF_A_CHANGE) - ORDERS_NEWS))
def test_every_event_comes_from_one_change(name: EventName) -> None:
    assert [told.name for told in events_of(change_for(name))] == [name]


@pytest.mark.parametrize("name", [EventName.POINTS_EARNED, EventName.POINTS_CLAWED_BACK])
def test_news_of_an_order_tells_of_its_points_and_that_it_was_booked(name: EventName) -> None:
    points, booked = events_of(change_for(name))
    assert (points.name, booked.name) == (name, EventName.ORDER_BOOKED)
    assert booked.event_id == f"{points.event_id}:booked"
    assert (booked.facts["source_name"], booked.facts["order_id"]) == ("standard", "A100")


def test_points_of_no_order_tell_of_no_order() -> None:
    welcome = entry(key=EntryKey("member:lin", "welcome"), reference=None)
    assert [told.name for told in events_of(welcome)] == [EventName.POINTS_EARNED]


def test_every_status_is_told() -> None:
    assert set(EVENT_OF_STATUS) == set(Status)


@pytest.mark.parametrize("kind", sorted(set(Kind) - set(EVENT_OF_KIND)))
def test_what_a_redemption_does_to_the_account_is_told_by_the_redemption(kind: Kind) -> None:
    assert events_of(entry(kind, lots={date(2027, 11, 30): -5})) == ()


def test_an_entry_that_moves_no_points_only_tells_that_its_order_was_booked() -> None:
    (told,) = events_of(entry(Kind.EARN, lots={}))
    assert told.name is EventName.ORDER_BOOKED


def test_news_of_an_order_that_has_not_come_yet_names_nobody() -> None:
    (told,) = events_of(entry(Kind.CLAW_BACK, member_id=None))
    assert (told.name, told.facts["member_id"]) == (EventName.ORDER_BOOKED, None)


def test_points_that_wait_are_told_with_the_day_they_become_usable() -> None:
    waiting = entry(Kind.EARN, lots={}, pending=118, explanation={"usable_on": "2026-12-05"})
    told, _ = events_of(waiting)
    assert (told.facts["points"], told.facts["pending"]) == (0, 118)
    assert told.facts["usable_on"] == "2026-12-05"


def test_a_redemption_that_keeps_its_status_is_no_news() -> None:
    same = redemption(Status.CONFIRMED)
    assert events_of(RedemptionChange(same, same)) == ()


def test_two_steps_in_one_write_are_told_in_order() -> None:
    change = RedemptionChange(
        redemption(Status.CONFIRMED),
        redemption(Status.CONFIRMED, Status.SHIPPED, Status.RECEIVED),
    )
    told = [event.name for event in events_of(change)]
    assert told == [EventName.REDEMPTION_SHIPPED, EventName.REDEMPTION_RECEIVED]


def test_a_rejection_tells_the_reason() -> None:
    change = reached(Status.PENDING_REVIEW, Status.REJECTED, note="Too many in one day")
    (told,) = events_of(change)
    assert told.facts["note"] == "Too many in one day"


def test_an_event_has_the_same_id_whenever_it_is_told() -> None:
    ids = {name: event(name).event_id for name in TOLD_OF_A_CHANGE}
    assert ids == {name: event(name).event_id for name in TOLD_OF_A_CHANGE}
    assert len(set(ids.values())) == len(ids)
    assert ids[EventName.POINTS_EARNED] == "order:standard:A100/earn"
    assert ids[EventName.REDEMPTION_SHIPPED] == "redemption:rdm_1f2e3d:shipped"


def test_a_link_tells_who_is_whom() -> None:
    (told,) = events_of(LINK)
    assert told.detail == {
        "version": 1,
        "event_id": "customer:shopify:207119551:lin",
        "member_id": "lin",
        "occurred_at": "2026-11-21T08:30:00Z",
        "recorded_at": "2026-11-21T08:30:00Z",
        "source_name": "shopify",
        "customer_id": "207119551",
    }
    assert told.occurred_at == NOW


@pytest.mark.parametrize("name", TOLD_OF_A_CHANGE)
def test_no_event_tells_a_secret(name: EventName) -> None:
    told = str(event(name).detail)
    assert [what for what, secret in SECRETS.items() if secret in told] == []
