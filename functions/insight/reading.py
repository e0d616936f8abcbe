"""Use case of whoever audits: what operators did, newest first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from heapq import merge
from itertools import islice

from loyalty.domain.audit import AuditRecord
from loyalty.domain.audit_chain import every_shard, instant_place, place_of
from loyalty.ports import Mall, Page


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which acts are asked for; None: whatever."""

    actor: str | None = None
    subject: str | None = None
    since: datetime | None = None
    until: datetime | None = None


def list_acts(
    mall: Mall, wanted: Wanted, limit: int, position: Mapping[str, str] | None
) -> Page[AuditRecord]:
    """Return a part of what operators did, newest first, ``until`` not included."""
    until = instant_place(wanted.until) if wanted.until else "~"
    until = min(until, position["place"]) if position else until
    since = instant_place(wanted.since) if wanted.since else ""
    found = _on(mall, wanted.subject, since, until) if wanted.subject else _all(mall, since, until)
    fitting = (record for record in found if wanted.actor in {None, record.actor})
    shown = list(islice(fitting, limit + 1))
    if len(shown) <= limit:
        return Page(shown)
    return Page(shown[:limit], {"place": place_of(shown[limit - 1])})


def _on(mall: Mall, subject: str, since: str, until: str) -> Iterable[AuditRecord]:
    acts = [act for act in mall.trail.acts_on(subject) if since < place_of(act) < until]
    return sorted(acts, key=place_of, reverse=True)


def _all(mall: Mall, since: str, until: str) -> Iterable[AuditRecord]:
    shards = (
        mall.trail.acts(shard, since=since, until=until, newest_first=True)
        for shard in every_shard()
    )
    return merge(*shards, key=place_of, reverse=True)
