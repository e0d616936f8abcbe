"""What operators did, remembered, and the chain that seals it."""

from collections.abc import Iterator, Sequence

from loyalty.adapters.memory.rows import Rows
from loyalty.domain.audit import AuditRecord
from loyalty.domain.audit_chain import Anchor, Link, place_of, shard_of


class MemoryTrail:
    """Keeps `AuditTrail`'s promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def record(self, subject: str, act_id: str) -> AuditRecord | None:
        """Return one act."""
        return self._rows.get(AuditRecord, "audit", subject, act_id)

    def acts(
        self, shard: str, *, since: str = "", until: str = "~", newest_first: bool = False
    ) -> Iterator[AuditRecord]:
        """Yield a shard's acts after one place and before another."""
        fitting = [
            record
            for record in self._rows.under(AuditRecord, "audit")
            if shard_of(record.act_id) == shard and since < place_of(record) < until
        ]
        yield from sorted(fitting, key=place_of, reverse=newest_first)

    def acts_on(self, subject: str) -> Iterator[AuditRecord]:
        """Yield all acts on one thing."""
        yield from self._rows.under(AuditRecord, "audit", subject)

    def links(self, shard: str) -> Iterator[Link]:
        """Yield a shard's links, first to last."""
        yield from self._rows.under(Link, "link of audit", shard)

    def last_link(self, shard: str) -> Link | None:
        """Return the head of a shard."""
        return max(self.links(shard), key=lambda link: link.number, default=None)

    def add_links(self, links: Sequence[Link]) -> bool:
        """Put links, all or none."""
        keys = [("link of audit", link.shard, f"{link.number:012d}") for link in links]
        with self._rows.lock:
            if any(self._rows.get(Link, *key) for key in keys):
                return False
            for key, link in zip(keys, links, strict=True):
                self._rows.put(key, link)
        return True

    def anchors(self) -> Sequence[Anchor]:
        """Return all anchors, by day."""
        return self._rows.under(Anchor, "anchor of audit")

    def add_anchor(self, anchor: Anchor) -> bool:
        """Put a day's anchor."""
        key = ("anchor of audit", anchor.day.isoformat())
        with self._rows.lock:
            if self._rows.get(Anchor, *key):
                return False
            self._rows.put(key, anchor)
        return True
