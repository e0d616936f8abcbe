"""What operators did in DynamoDB, and the chain that seals it: rows are put, never changed."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.actions import IS_NEW, put
from loyalty.adapters.dynamodb.items import Attributes, Codec, number, text
from loyalty.adapters.dynamodb.keys.trail import anchor_key, audit_key, link_of_audit_key
from loyalty.adapters.dynamodb.member_rows import audit_of
from loyalty.adapters.dynamodb.reading import Query, Reader
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.adapters.dynamodb.transaction import ConditionsFailed, transact
from loyalty.domain.audit import AuditRecord
from loyalty.domain.audit_chain import Anchor, Link

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_LINKS = Codec(Link)
_ANCHORS = Codec(Anchor)
_PAGE = 100


class DynamoTrail:
    """Keeps `AuditTrail`'s promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._client = client
        self._read = Reader(client)
        self._table = tables.audit

    def record(self, subject: str, act_id: str) -> AuditRecord | None:
        """Return one act."""
        item = self._read.get(self._table, audit_key(subject, act_id))
        return audit_of(item) if item else None

    def acts(
        self, shard: str, *, since: str = "", until: str = "~", newest_first: bool = False
    ) -> Iterator[AuditRecord]:
        """Yield a shard's acts after one place and before another."""
        # BETWEEN takes its ends in: no place is the same with something after it.
        bounds: Attributes = {":since": text(f"{since} "), ":until": text(until)}
        query = Query(
            self._table,
            "trail = :shard AND place BETWEEN :since AND :until",
            {":shard": text(shard), **bounds},
            index="trail",
            newest_first=newest_first,
            page_size=_PAGE,
        )
        for row in self._read.query(query):
            if row["place"]["S"] != until:
                yield audit_of(row)

    def acts_on(self, subject: str) -> Iterator[AuditRecord]:
        """Yield all acts on one thing."""
        query = Query(self._table, "pk = :on", {":on": audit_key(subject, "")["pk"]})
        return map(audit_of, self._read.query(query))

    def links(self, shard: str) -> Iterator[Link]:
        """Yield a shard's links, first to last."""
        return map(_LINKS.value, self._read.query(self._of(shard)))

    def last_link(self, shard: str) -> Link | None:
        """Return the head of a shard."""
        newest = self._read.query(self._of(shard, newest_first=True, page_size=1))
        row = next(newest, None)
        return _LINKS.value(row) if row else None

    def add_links(self, links: Sequence[Link]) -> bool:
        """Put links, all or none."""
        return self._put_once([_row_of(link) for link in links])

    def anchors(self) -> Sequence[Anchor]:
        """Return all anchors, by day."""
        query = Query(self._table, "pk = :anchors", {":anchors": anchor_key("")["pk"]})
        return list(map(_ANCHORS.value, self._read.query(query)))

    def add_anchor(self, anchor: Anchor) -> bool:
        """Put a day's anchor."""
        day = anchor.day.isoformat()
        return self._put_once([{**anchor_key(day), **_ANCHORS.attributes(anchor)}])

    def _of(self, shard: str, *, newest_first: bool = False, page_size: int = _PAGE) -> Query:
        chain: Attributes = {":chain": link_of_audit_key(shard, 0)["pk"]}
        return Query(
            self._table, "pk = :chain", chain, newest_first=newest_first, page_size=page_size
        )

    def _put_once(self, items: Sequence[Attributes]) -> bool:
        actions = [put(self._table, item, _LINKS.value, IS_NEW).request for item in items]
        try:
            transact(self._client, actions)
        except ConditionsFailed:
            return False
        return True


def _row_of(link: Link) -> Attributes:
    attributes = {**_LINKS.attributes(link), "number": number(link.number)}
    # `place` stands in an index of acts; a link's own is no key of it.
    return {**link_of_audit_key(link.shard, link.number), **attributes}
