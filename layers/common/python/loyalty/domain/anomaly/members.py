"""Detectors over one member: too fast, far above what is usual, codes tried in vain."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from loyalty.domain.anomaly.finding import AnomalyKind, Finding
from loyalty.domain.anomaly.rules import AnomalyRules, AttemptLimits, NormLimits, VelocityLimits
from loyalty.domain.anomaly.sighting import Seen, Sighting
from loyalty.domain.anomaly.trace import Trace

DAYS_UNTIL_USUAL = 5
MEMORY_DAYS = 20
"""Days with earnings that make up what is usual; older ones fade."""


def noted(trace: Trace, sighting: Sighting, day: date) -> Trace:
    """Return a member's trace with what was seen; gifts and friends are the rings' business."""
    if sighting.seen in {Seen.GAVE, Seen.BROUGHT}:
        return trace
    what = "tried" if sighting.seen is Seen.FAILED else sighting.rule
    trace = replace(
        trace.count(what, sighting.at, day),
        device=sighting.origin.device or trace.device,
        has_bought=trace.has_bought or sighting.rule == "purchase",
    )
    return _earning(trace, sighting, day) if sighting.seen is Seen.EARNED else trace


def _earning(trace: Trace, sighting: Sighting, day: date) -> Trace:
    if trace.day is None or day > trace.day:
        trace = replace(_day_over(trace), day=day, day_points=0, day_entries=0, day_largest=0)
    return replace(
        trace,
        day_points=trace.day_points + sighting.points,
        day_entries=trace.day_entries + 1,
        day_largest=max(trace.day_largest, sighting.points),
    )


def _day_over(trace: Trace) -> Trace:
    if not trace.day_entries:
        return trace
    days = min(trace.usual_days + 1, MEMORY_DAYS)
    step = (trace.day_points - trace.usual_points) // days
    return replace(trace, usual_days=days, usual_points=trace.usual_points + step)


def findings(trace: Trace, sighting: Sighting, rules: AnomalyRules) -> Iterator[Finding]:
    """Yield what looks wrong in a member's trace after a sighting."""
    if sighting.seen is Seen.FAILED:
        yield from _attempts(trace, sighting, rules.attempts)
    elif sighting.seen in {Seen.EARNED, Seen.SPENT}:
        yield from _velocity(trace, sighting, rules.velocity)
    if sighting.seen is Seen.EARNED:
        yield from _norm(trace, sighting, rules.norm)


def _velocity(trace: Trace, sighting: Sighting, limits: VelocityLimits) -> Iterator[Finding]:
    rule = sighting.rule
    for window, limit in (("hour", limits.per_hour), ("day", limits.per_day)):
        times = trace.times(f"{rule}/{window}")
        if times > limit:
            facts = {"rule": rule, "times": times, "limit": limit, "within": window}
            who = (sighting.member_id,)
            yield Finding(AnomalyKind.VELOCITY, trace.subject, who, facts, limits.action)
            return


def _norm(trace: Trace, sighting: Sighting, limits: NormLimits) -> Iterator[Finding]:
    knows_usual = trace.usual_days >= DAYS_UNTIL_USUAL
    usual = limits.factor * trace.usual_points
    limit = max(limits.at_least, usual) if knows_usual else limits.newcomer_at_least
    points = trace.day_points - trace.day_largest  # a washing machine is no fraud
    if trace.day_entries >= limits.entries and points >= limit:
        facts = {
            "points": trace.day_points,
            "largest": trace.day_largest,
            "entries": trace.day_entries,
            "limit": limit,
            "usual_points": trace.usual_points,
            "usual_days": trace.usual_days,
        }
        who = (sighting.member_id,)
        yield Finding(AnomalyKind.NORM, trace.subject, who, facts, limits.action)


def _attempts(trace: Trace, sighting: Sighting, limits: AttemptLimits) -> Iterator[Finding]:
    times = trace.times("tried/hour")
    if times > limits.per_hour:
        facts = {"tried": sighting.rule, "times": times, "limit": limits.per_hour}
        who = (sighting.member_id,)
        yield Finding(AnomalyKind.ATTEMPTS, trace.subject, who, facts, limits.action)
