"""What a finding leads to: a case, news of it, and a freeze where the rules say so."""

from datetime import date

from loyalty.domain.anomaly.finding import Case, Finding, case_of
from loyalty.domain.anomaly.rules import Action
from loyalty.domain.anomaly.sighting import Sighting
from loyalty.domain.audit import Operator
from loyalty.domain.events import Event, EventName
from loyalty.freezing import set_frozen
from loyalty.ports import Mall

MOST_FROZEN = 50
"""Accounts that one finding freezes; a larger one is for people to look at."""


def report(mall: Mall, finding: Finding, sighting: Sighting, day: date) -> bool:
    """Report a finding; False: its case stands open already, or was decided this week.

    Raises:
        EventsNotPublished: the same finding of the same event tells it again.
    """
    case = case_of(finding, day, mall.clock.now(), sighting.event_id)
    is_new = mall.anomalies.open(case)
    if not is_new:
        stands = mall.anomalies.case(case.anomaly_id)
        if stands is None or stands.event_id != sighting.event_id:
            return False
    if finding.action is Action.FREEZE:
        _freeze(mall, case)
    mall.event_bus.publish([found_event(case)])
    return is_new


def found_event(case: Case) -> Event:
    """Return the news of a case."""
    return Event(
        name=EventName.ANOMALY_FOUND,
        event_id=f"anomaly:{case.anomaly_id}",
        occurred_at=case.found_at,
        recorded_at=case.found_at,
        facts={
            "member_id": case.members[0],
            "anomaly_id": case.anomaly_id,
            "kind": case.kind.value,
            "members": len(case.members),
            "frozen": case.is_frozen,
        },
    )


def _freeze(mall: Mall, case: Case) -> None:
    rule = Operator("system", "system", case.anomaly_id)
    for member_id in case.members[:MOST_FROZEN]:
        reason = f"Frozen by rule: {case.kind}."
        set_frozen(mall, rule, case.anomaly_id, member_id, reason, is_frozen=True)
