"""Detectors over who gives to whom, and who brought whom."""

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date

from loyalty.domain.anomaly.finding import AnomalyKind, Finding
from loyalty.domain.anomaly.rules import RingLimits
from loyalty.domain.anomaly.sighting import Seen, Sighting
from loyalty.domain.anomaly.trace import Companion, Trace

SMALLEST_RING, LARGEST_RING = 3, 5
"""Two who give to each other are a couple."""

MOST_READ = 25
"""Traces that one search may read: rings are small, and popular members are not followed."""

ReadTrace = Callable[[str], Trace]


def noted(trace: Trace, sighting: Sighting, day: date, limits: RingLimits, other: Trace) -> Trace:
    """Return a member's trace with whom the member gave to, or brought."""
    name, place = _name(sighting), sighting.origin.device or other.device
    met = Companion(since=day, last=day, points=sighting.points, place=place)
    return trace.meeting(name, day, limits.days, met)


def findings(
    trace: Trace, sighting: Sighting, day: date, limits: RingLimits, read: ReadTrace
) -> Iterator[Finding]:
    """Yield what looks wrong in a member's trace after a gift, or after a friend came."""
    if sighting.seen is Seen.BROUGHT:
        yield from _brought(trace, sighting, day, limits)
    elif ring := _ring(trace, sighting, day, limits, read):
        points = trace.companions[_name(sighting)].points
        facts = {"members": len(ring), "points": points, "days": limits.days}
        subject = f"ring:{'+'.join(sorted(ring))}"
        yield Finding(AnomalyKind.RING, subject, tuple(ring), facts, limits.action)


def _brought(trace: Trace, sighting: Sighting, day: date, limits: RingLimits) -> Iterator[Finding]:
    friends = {
        name.removeprefix("brought:"): one.place
        for name, one in trace.recent(day, limits.days).items()
        if name.startswith("brought:") and one.place
    }
    devices = Counter(friends.values())
    for device, count in devices.items():
        if count >= limits.friends:
            who = tuple(name for name, place in friends.items() if place == device)
            facts = {
                "friends": count,
                "limit": limits.friends,
                "days": limits.days,
                "own_device": device == trace.device,
            }
            members = (sighting.member_id, *who)
            yield Finding(AnomalyKind.RING, trace.subject, members, facts, limits.action)
            return


def _ring(
    trace: Trace, sighting: Sighting, day: date, limits: RingLimits, read: ReadTrace
) -> list[str] | None:
    """Return a way that points went round, the giver first; None where there is none."""
    assert sighting.other, "a gift has somebody who got it"
    if not _is_strong(trace.companions[_name(sighting)], limits):
        return None
    start, ways, reads = sighting.member_id, [[sighting.member_id, sighting.other]], 0
    while ways:
        way = ways.pop(0)
        if len(way) > LARGEST_RING or reads >= MOST_READ:
            return None
        reads += 1
        for name in _gets(read(f"member:{way[-1]}"), day, limits):
            if name == start and len(way) >= SMALLEST_RING:
                return way
            if name not in way:
                ways.append([*way, name])
    return None


def _gets(trace: Trace, day: date, limits: RingLimits) -> list[str]:
    recent = trace.recent(day, limits.days).items()
    return [
        name.removeprefix("gave:")
        for name, one in recent
        if name.startswith("gave:") and _is_strong(one, limits)
    ]


def _is_strong(one: Companion, limits: RingLimits) -> bool:
    return one.times >= limits.times and one.points >= limits.points


def _name(sighting: Sighting) -> str:
    return f"{'brought' if sighting.seen is Seen.BROUGHT else 'gave'}:{sighting.other}"
