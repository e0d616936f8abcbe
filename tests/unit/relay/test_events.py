import json
from typing import Any

import pytest

from loyalty.domain.events import Event, EventName, EventUnreadable, read_event
from support.happenings import event

TOLD_OF_A_CHANGE = [name for name in EventName if name is not EventName.RECORD_NOT_UNDERSTOOD]


def envelope(told: Event, **changes: Any) -> str:
    detail = {**told.detail, **changes}
    return json.dumps({"detail-type": told.name, "source": told.name.source, "detail": detail})


@pytest.mark.parametrize("name", TOLD_OF_A_CHANGE)
def test_what_is_read_is_what_was_told(name: EventName) -> None:
    told = event(name)
    assert read_event(envelope(told)) == told


def test_each_event_comes_from_its_area() -> None:
    assert {name.source for name in EventName} == {
        "loyalty.account",
        "loyalty.expiry",
        "loyalty.insight",
        "loyalty.redeem",
        "loyalty.member",
        "loyalty.earn",
        "loyalty.tier",
        "loyalty.relay",
    }


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not JSON",
        "[]",
        "{}",
        json.dumps({"detail-type": "PointsEarned", "detail": None}),
        json.dumps({"detail-type": "PointsEarned", "detail": {"version": 1}}),
        envelope(event(EventName.POINTS_EARNED), version=2),
        envelope(event(EventName.POINTS_EARNED), occurred_at="yesterday"),
        envelope(event(EventName.POINTS_EARNED), occurred_at="2026-11-21T08:30:00"),
        envelope(event(EventName.POINTS_EARNED)).replace("PointsEarned", "PointsBurnt"),
    ],
)
def test_what_is_no_event_of_ours_is_refused(body: str) -> None:
    with pytest.raises(EventUnreadable):
        read_event(body)
