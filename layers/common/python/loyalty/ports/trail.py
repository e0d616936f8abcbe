"""What operators did, and the chain that seals it."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from loyalty.domain.audit import AuditRecord
from loyalty.domain.audit_chain import Anchor, Link


class AuditTrail(Protocol):
    """Acts of operators by time, and their seals: put once, never changed."""

    def record(self, subject: str, act_id: str) -> AuditRecord | None:
        """Return one act."""
        ...

    def acts(
        self, shard: str, *, since: str = "", until: str = "~", newest_first: bool = False
    ) -> Iterable[AuditRecord]:
        """Yield a shard's acts after one place and before another; places are texts."""
        ...

    def acts_on(self, subject: str) -> Iterable[AuditRecord]:
        """Yield all acts on one thing, in no particular order."""
        ...

    def links(self, shard: str) -> Iterable[Link]:
        """Yield a shard's links, first to last."""
        ...

    def last_link(self, shard: str) -> Link | None:
        """Return the head of a shard."""
        ...

    def add_links(self, links: Sequence[Link]) -> bool:
        """Put links, all or none; False: somebody else has put one of these numbers."""
        ...

    def anchors(self) -> Sequence[Anchor]:
        """Return all anchors, by day."""
        ...

    def add_anchor(self, anchor: Anchor) -> bool:
        """Put a day's anchor; False: the day has one."""
        ...
