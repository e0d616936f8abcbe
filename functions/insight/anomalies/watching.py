"""Use case of watching: an event through the detectors, once; what looks wrong is reported."""

from datetime import date

from insight.anomalies.reporting import report
from insight.anomalies.sightings import sightings_of
from loyalty.domain.anomaly.rules import AnomalyRules
from loyalty.domain.anomaly.sighting import Sighting
from loyalty.domain.anomaly.trace import Trace
from loyalty.domain.anomaly.watch import subjects_of, watch
from loyalty.domain.errors import Busy
from loyalty.domain.events import Event
from loyalty.ports import Mall

ATTEMPTS = 10


def watch_event(mall: Mall, event: Event) -> int:
    """Let the detectors see an event; return how many cases it opened.

    Told again of the same event, each trace knows to have counted it. A finding is reported
    before its trace is saved: what breaks in between is found again.

    Raises:
        Busy: a trace changes all the time; the next try goes on where this one stopped.
        EventsNotPublished: the bus did not take the news of a case; the next try tells it.
    """
    programme = mall.programmes.live()
    if programme.anomalies is None:
        return 0
    return sum(
        _look(mall, subject, sighting, programme.today(sighting.at), programme.anomalies)
        for sighting in sightings_of(event)
        for subject in subjects_of(sighting)
    )


def _look(mall: Mall, subject: str, sighting: Sighting, day: date, rules: AnomalyRules) -> int:
    def read(wanted: str) -> Trace:
        return mall.traces.trace(wanted) or _new(mall, wanted)

    for _ in range(ATTEMPTS):
        trace = read(subject)
        watched = watch(trace, sighting, day, rules, read)
        if watched.trace == trace:
            return 0
        opened = sum(report(mall, finding, sighting, day) for finding in watched.findings)
        if mall.traces.save(watched.trace):
            return opened
    raise Busy


def _new(mall: Mall, subject: str) -> Trace:
    """Return the trace of whom nobody has seen yet; since when a member is one, is asked for."""
    kind, _, member_id = subject.partition(":")
    member = mall.members.member(member_id) if kind == "member" else None
    return Trace(subject, joined_on=member.joined_at.date() if member else None)
