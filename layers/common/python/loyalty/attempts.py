"""Telling of what was tried in vain: guesses at codes leave no row that could tell of them."""

from contextlib import suppress

from loyalty.domain.events import Event, EventName
from loyalty.domain.origin import Origin
from loyalty.ports import EventsNotPublished, Mall


def tell_refused(mall: Mall, member_id: str, what: str, origin: Origin) -> None:
    """Tell watchers that a member tried something in vain, where the programme has any.

    ``what`` is `code-reveal`, `coupon`, `referral-code`, … A bus that is down keeps no member
    waiting: one guess that nobody counts does no harm.
    """
    if mall.programmes.live().anomalies is None:
        return
    now = mall.clock.now()
    event = Event(
        name=EventName.ATTEMPT_REFUSED,
        event_id=f"attempt:{member_id}:{what}:{now.isoformat()}",
        occurred_at=now,
        recorded_at=now,
        facts={"member_id": member_id, "what": what, "origin": origin.facts.get("origin")},
    )
    with suppress(EventsNotPublished):
        mall.event_bus.publish([event])
