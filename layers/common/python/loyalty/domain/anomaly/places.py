"""Detectors over one place: many members on a device, newcomers at an address, attempts at both."""

from collections.abc import Iterator
from datetime import date

from loyalty.domain.anomaly.finding import AnomalyKind, Finding
from loyalty.domain.anomaly.rules import AddressLimits, AnomalyRules, AttemptLimits, DeviceLimits
from loyalty.domain.anomaly.sighting import Seen, Sighting
from loyalty.domain.anomaly.trace import Companion, Trace


def noted(
    trace: Trace, sighting: Sighting, day: date, rules: AnomalyRules, *, is_new: bool
) -> Trace:
    """Return a place's trace with the member who was seen there; once a day is enough."""
    if sighting.seen is Seen.FAILED:
        trace = trace.count("tried", sighting.at, day)
    before = trace.companions.get(sighting.member_id)
    if before and (before.last, before.is_new) == (day, is_new):
        return trace
    days = max(rules.device.days, rules.address.days)
    here = Companion(since=day, last=day, is_new=is_new)
    return trace.meeting(sighting.member_id, day, days, here)


def findings(trace: Trace, sighting: Sighting, day: date, rules: AnomalyRules) -> Iterator[Finding]:
    """Yield what looks wrong in a place's trace after a sighting."""
    if trace.subject.startswith("device:"):
        yield from _device(trace, day, rules.device)
    else:
        yield from _address(trace, day, rules.address)
    if sighting.seen is Seen.FAILED:
        yield from _attempts(trace, sighting, rules.attempts)


def _device(trace: Trace, day: date, limits: DeviceLimits) -> Iterator[Finding]:
    members = tuple(trace.recent(day, limits.days))
    if len(members) > limits.members:
        facts = {"members": len(members), "limit": limits.members, "days": limits.days}
        yield Finding(AnomalyKind.DEVICE, trace.subject, members, facts, limits.action)


def _address(trace: Trace, day: date, limits: AddressLimits) -> Iterator[Finding]:
    recent = trace.recent(day, limits.days)
    newcomers = tuple(name for name, one in recent.items() if one.is_new)
    is_share = len(newcomers) * 100 >= limits.percent * len(recent)
    if len(newcomers) > limits.newcomers and is_share:
        facts = {
            "newcomers": len(newcomers),
            "members": len(recent),
            "limit": limits.newcomers,
            "days": limits.days,
        }
        yield Finding(AnomalyKind.ADDRESS, trace.subject, newcomers, facts, limits.action)


def _attempts(trace: Trace, sighting: Sighting, limits: AttemptLimits) -> Iterator[Finding]:
    times = trace.times("tried/hour")
    if times > limits.per_place:
        facts = {"tried": sighting.rule, "times": times, "limit": limits.per_place}
        who = tuple(name for name, one in trace.companions.items())
        yield Finding(AnomalyKind.ATTEMPTS, trace.subject, who, facts, limits.action)
