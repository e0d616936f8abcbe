"""Members and their links in DynamoDB."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.faults import asking_for_patience
from loyalty.adapters.dynamodb.items import text
from loyalty.adapters.dynamodb.keys.members import link_key, member_key, waiting_key
from loyalty.adapters.dynamodb.member_rows import link_of, member_id_of, member_of, waiting_of
from loyalty.adapters.dynamodb.reading import Query, Reader
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.member import CustomerLink, Member, WaitingEvent

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoMembers:
    """Keeps `Members`' promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._client = client
        self._read = Reader(client)
        self._table = tables.members

    def member(self, member_id: str) -> Member | None:
        """Return a profile."""
        item = self._read.get(self._table, member_key(member_id))
        return member_of(item) if item else None

    def find(self, contact: str) -> Sequence[Member]:
        """Return members with this phone or e-mail address."""
        by_contact = Query(
            self._table, "contact = :contact", {":contact": text(contact)}, index="contact"
        )
        ids = sorted({member_id_of(row) for row in self._read.query(by_contact)})
        rows = self._read.some(self._table, [member_key(member_id) for member_id in ids])
        # The index is a moment old: who has changed the contact meanwhile is left out.
        return [m for m in map(member_of, rows) if contact in {m.phone, m.email}]

    def link(self, source: str, customer_id: str) -> CustomerLink | None:
        """Return who a shop's customer is."""
        item = self._read.get(self._table, link_key(source, customer_id))
        return link_of(item) if item else None

    def waiting(self, source: str, customer_id: str) -> Sequence[WaitingEvent]:
        """Return the news that waits for a customer to be linked, oldest first."""
        key = waiting_key(source, customer_id, "")
        waiting = Query(
            self._table,
            "pk = :customer AND begins_with(sk, :waiting)",
            {":customer": key["pk"], ":waiting": key["sk"]},
        )
        events = map(waiting_of, self._read.query(waiting))
        return sorted(events, key=lambda event: event.received_at)

    def done_waiting(self, event: WaitingEvent) -> None:
        """Forget news that has been booked."""
        key = waiting_key(event.source, event.customer_id, event.paid.purchase.order_id)
        with asking_for_patience():
            self._client.delete_item(TableName=self._table, Key=key)
