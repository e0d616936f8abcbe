"""What is remembered of a member, a device or an address: a few numbers, each for a while."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from hashlib import blake2b
from types import MappingProxyType

REMEMBERED = 24
"""Events that a trace knows to have counted: more than a queue delivers in between two times."""

MOST_COMPANIONS = 60


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody else in a trace: when last, how often since ``since``, for how many points.

    ``place`` is a digest of the device on which a friend was last seen.
    """

    since: date
    last: date
    times: int = 1
    points: int = 0
    is_new: bool = False
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Trace:
    """Of one subject: ``member:…``, ``device:…`` or ``ip:…``.

    ``counts`` are times within an hour or a day, by what is counted. The rest is of members only:
    a day's points so far, and what their days with earnings usually bring.
    """

    subject: str
    version: int = 0
    seen: tuple[str, ...] = ()
    counts: Mapping[str, tuple[str, int]] = field(default_factory=lambda: MappingProxyType({}))
    companions: Mapping[str, Companion] = field(default_factory=lambda: MappingProxyType({}))
    last_on: date | None = None
    joined_on: date | None = None
    has_bought: bool = False
    device: str | None = None
    day: date | None = None
    day_points: int = 0
    day_entries: int = 0
    day_largest: int = 0
    usual_days: int = 0
    usual_points: int = 0

    def has_counted(self, event_id: str) -> bool:
        """Whether an event was counted before."""
        return _short(event_id) in self.seen

    def counting(self, event_id: str, day: date) -> "Trace":
        """Return the trace that knows an event to have been counted."""
        seen = (*self.seen, _short(event_id))[-REMEMBERED:]
        return replace(self, seen=seen, version=self.version + 1, last_on=day)

    def count(self, what: str, at: datetime, day: date) -> "Trace":
        """Count something in its hour and its day; windows that have passed are forgotten."""
        hour, today = f"{at:%dT%H}", day.isoformat()
        kept = {name: (w, n) for name, (w, n) in self.counts.items() if w in {hour, today}}
        for name, window in ((f"{what}/hour", hour), (f"{what}/day", today)):
            kept[name] = (window, kept.get(name, (window, 0))[1] + 1)
        return replace(self, counts=kept)

    def times(self, what: str) -> int:
        """Return how often something was counted in the window that runs."""
        return self.counts.get(what, ("", 0))[1]

    def meeting(self, name: str, day: date, days: int, companion: Companion) -> "Trace":
        """Note a companion: again, if it was met within some days, or as new."""
        before = self.companions.get(name)
        if before is not None and before.since > day - timedelta(days=days):
            companion = replace(
                companion,
                since=before.since,
                times=before.times + companion.times,
                points=before.points + companion.points,
            )
        fresh = {n: c for n, c in self.recent(day, days).items() if n != name}
        latest = sorted(fresh.items(), key=lambda item: item[1].last)[-(MOST_COMPANIONS - 1) :]
        return replace(self, companions={**dict(latest), name: companion})

    def recent(self, day: date, days: int) -> Mapping[str, Companion]:
        """Return who was met within some days."""
        since = day - timedelta(days=days)
        return {name: one for name, one in self.companions.items() if one.last > since}


def _short(event_id: str) -> str:
    return blake2b(event_id.encode(), digest_size=5).hexdigest()
