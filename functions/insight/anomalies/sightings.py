"""From events to what a watcher sees."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from loyalty.domain.anomaly.sighting import Seen, Sighting
from loyalty.domain.events import Event, EventName
from loyalty.domain.origin import origin_in

WATCHED = frozenset(
    {
        EventName.POINTS_EARNED,
        EventName.POINTS_TRANSFERRED,
        EventName.REDEMPTION_SUBMITTED,
        EventName.REDEMPTION_CONFIRMED,
        EventName.ATTEMPT_REFUSED,
    }
)


def sightings_of(event: Event) -> tuple[Sighting, ...]:
    """Return what an event shows."""
    facts: Mapping[str, Any] = event.facts
    match event.name:
        case EventName.POINTS_EARNED:
            return _earned(event, facts)
        case EventName.POINTS_TRANSFERRED if facts["counterpart"]:
            giver, points = facts["counterpart"], facts["points"]
            return (_seen(event, Seen.GAVE, giver, facts["reason"], points, facts["member_id"]),)
        case EventName.REDEMPTION_SUBMITTED | EventName.REDEMPTION_CONFIRMED:
            # A reviewed order is told twice: its id is the same.
            spent = _seen(event, Seen.SPENT, facts["member_id"], "redemption", facts["points"])
            return (_under(f"redemption:{facts['redemption_id']}", spent),)
        case EventName.ATTEMPT_REFUSED:
            failed = Sighting(
                event_id=event.event_id,
                seen=Seen.FAILED,
                member_id=event.member_id,
                at=event.recorded_at,
                rule=facts["what"],
                origin=origin_in(facts),
            )
            return (failed,)
        case _:
            return ()


def _earned(event: Event, facts: Mapping[str, Any]) -> tuple[Sighting, ...]:
    points = facts["points"] + facts["pending"] - facts["debt"]
    brought, reason = facts["counterpart"], facts["reason"]
    earned = Sighting(
        event_id=event.event_id,
        seen=Seen.EARNED,
        member_id=event.member_id,
        at=event.recorded_at,
        rule=reason,
        points=points,
        # The reward of a referral comes from where the friend was.
        origin=origin_in({} if reason == "referral" else facts),
    )
    if not brought:
        return (earned,)
    friend = Sighting(
        event_id=f"{event.event_id}:brought",
        seen=Seen.BROUGHT,
        member_id=event.member_id,
        at=event.recorded_at,
        rule=reason,
        points=points,
        origin=origin_in(facts),
        other=brought,
    )
    return earned, friend


def _seen(
    event: Event, seen: Seen, member_id: str, rule: str, points: int, other: str | None = None
) -> Sighting:
    return Sighting(event.event_id, seen, member_id, event.recorded_at, rule, points, other=other)


def _under(event_id: str, sighting: Sighting) -> Sighting:
    return replace(sighting, event_id=event_id)
