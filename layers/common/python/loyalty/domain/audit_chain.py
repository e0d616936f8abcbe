"""The chain that seals the audit: whoever changes what operators did has to change all after it.

Acts are spread over shards by their ids, and ordered within a shard by time. Each link holds the
digest of one act and a hash of itself and the link before; once a day an anchor holds all heads.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zlib import crc32

from loyalty.domain.audit import AuditRecord, digest_of

SHARDS = 16
BEGINNING = "the audit begins here"


@dataclass(frozen=True, slots=True)
class Link:
    """One act, sealed; ``place`` orders acts by time, ``number`` counts from 1."""

    shard: str
    number: int
    place: str
    subject: str
    act_id: str
    digest: str
    seal: str


@dataclass(frozen=True, slots=True)
class Anchor:
    """All heads on a day, and one hash over them and the anchor before: what to keep elsewhere."""

    day: date
    heads: Mapping[str, str]
    seal: str


def every_shard() -> list[str]:
    """Return the names of all shards."""
    return [f"{shard:02d}" for shard in range(SHARDS)]


def shard_of(act_id: str) -> str:
    """Return the shard of an act, for ever the same."""
    return f"{crc32(act_id.encode()) % SHARDS:02d}"


def instant_place(instant: datetime) -> str:
    """Return where the acts of an instant begin in their order."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%f}Z"


def place_of(record: AuditRecord) -> str:
    """Return an act's place in the order of its shard."""
    return f"{instant_place(record.at)}#{record.act_id}"


def digest_of_record(record: AuditRecord) -> str:
    """Return a digest of all that is known of an act."""
    return digest_of(
        [
            [record.act_id, record.act, record.actor, record.role, record.subject],
            [instant_place(record.at), record.request_id, record.reason, record.request_digest],
            [dict(record.before), dict(record.after)],
        ]
    )


def link_after(previous: Link | None, shard: str, record: AuditRecord) -> Link:
    """Return the link of the next act of a shard."""
    number, digest = (previous.number if previous else 0) + 1, digest_of_record(record)
    link = Link(shard, number, place_of(record), record.subject, record.act_id, digest, "")
    return Link(*_content(link), seal_of(previous, link))


def seal_of(previous: Link | None, link: Link) -> str:
    """Return the hash that a link must carry after another."""
    return digest_of([previous.seal if previous else BEGINNING, *_content(link)])


def anchor_after(previous: Anchor | None, day: date, heads: Mapping[str, Link]) -> Anchor:
    """Return the anchor of a day."""
    told = {shard: f"{link.number} {link.seal}" for shard, link in sorted(heads.items())}
    return Anchor(day, told, seal_of_anchor(previous, day, told))


def seal_of_anchor(previous: Anchor | None, day: date, heads: Mapping[str, str]) -> str:
    """Return the hash that an anchor must carry after another."""
    return digest_of([previous.seal if previous else BEGINNING, str(day), dict(heads)])


def _content(link: Link) -> tuple[str, int, str, str, str, str]:
    return link.shard, link.number, link.place, link.subject, link.act_id, link.digest
