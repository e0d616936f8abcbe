"""One sighting through all detectors: which traces it changes, and what looks wrong after it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from loyalty.domain.anomaly import members, places, rings
from loyalty.domain.anomaly.finding import Finding
from loyalty.domain.anomaly.rules import AnomalyRules
from loyalty.domain.anomaly.sighting import Seen, Sighting
from loyalty.domain.anomaly.trace import Trace

ReadTrace = Callable[[str], Trace]


@dataclass(frozen=True, slots=True)
class Watched:
    """What one trace becomes, and what looks wrong in it."""

    trace: Trace
    findings: tuple[Finding, ...]


def subjects_of(sighting: Sighting) -> Iterator[str]:
    """Yield whose traces a sighting belongs to: the member's first, then the places'.

    What others take from a member, or do to reward one, is not done where the member is.
    """
    yield f"member:{sighting.member_id}"
    if sighting.seen in {Seen.GAVE, Seen.BROUGHT}:
        return
    if sighting.origin.device:
        yield f"device:{sighting.origin.device}"
    if sighting.origin.ip:
        yield f"ip:{sighting.origin.ip}"


def watch(
    trace: Trace, sighting: Sighting, day: date, rules: AnomalyRules, read: ReadTrace
) -> Watched:
    """Return what a sighting makes of one of its subjects' traces.

    A sighting that the trace has counted changes nothing. Traces that are needed besides, such as
    those of who might belong to a ring, are read, never changed.
    """
    if trace.has_counted(sighting.event_id):
        return Watched(trace, ())
    if trace.subject.startswith("member:"):
        watched = _member(trace, sighting, day, rules, read)
    else:
        watched = _place(trace, sighting, day, rules, read)
    if watched.trace == trace:
        return watched
    return replace(watched, trace=watched.trace.counting(sighting.event_id, day))


def _member(
    trace: Trace, sighting: Sighting, day: date, rules: AnomalyRules, read: ReadTrace
) -> Watched:
    trace = members.noted(trace, sighting, day)
    found = list(members.findings(trace, sighting, rules))
    if sighting.seen in {Seen.GAVE, Seen.BROUGHT} and sighting.other:
        other = read(f"member:{sighting.other}")
        trace = rings.noted(trace, sighting, day, rules.ring, other)
        found += rings.findings(trace, sighting, day, rules.ring, read)
    return Watched(trace, tuple(found))


def _place(
    trace: Trace, sighting: Sighting, day: date, rules: AnomalyRules, read: ReadTrace
) -> Watched:
    member = read(f"member:{sighting.member_id}")
    trace = places.noted(
        trace, sighting, day, rules, is_new=_is_new(member, day, rules.address.new_days)
    )
    return Watched(trace, tuple(places.findings(trace, sighting, day, rules)))


def _is_new(member: Trace, day: date, new_days: int) -> bool:
    if member.has_bought or member.joined_on is None:
        return False
    return (day - member.joined_on).days < new_days
