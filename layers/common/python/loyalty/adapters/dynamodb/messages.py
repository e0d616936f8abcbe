"""Inboxes in DynamoDB."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.actions import IS_NEW, put
from loyalty.adapters.dynamodb.faults import asking_for_patience
from loyalty.adapters.dynamodb.items import Attributes, Codec, stamp
from loyalty.adapters.dynamodb.keys.members import delivered_key, mailed_key, message_key
from loyalty.adapters.dynamodb.reading import Query, Reader, first
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.adapters.dynamodb.transaction import ConditionsFailed, transact
from loyalty.domain.message import Message
from loyalty.ports import Page

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

_MESSAGES = Codec(Message)


class DynamoMessages:
    """Keeps `Messages`' promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._client = client
        self._read = Reader(client)
        self._table = tables.members

    def deliver(self, message: Message) -> bool:
        """Put a message into the inbox; False if it is there already.

        Its row is sorted by time, so a row of its own tells that the id was delivered.
        """
        item = {**_key(message), **_MESSAGES.attributes(message)}
        return self._put_once(delivered_key(message.member_id, message.message_id), item)

    def inbox(
        self, member_id: str, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Message]:
        """Return a member's messages, newest first."""
        key = message_key(member_id, "", "")
        messages = Query(
            self._table,
            "pk = :member AND begins_with(sk, :message)",
            {":member": key["pk"], ":message": {"S": "message#"}},
            newest_first=True,
            page_size=limit + 1,
            after=position,
        )
        shown, follows = first(self._read.query(messages), limit, ())
        return Page([_MESSAGES.value(row) for row in shown], follows)

    def mark_mailed(self, message: Message) -> bool:
        """Note that a message goes out by e-mail; False if that was noted before."""
        return self._put_once(mailed_key(message.member_id, message.message_id))

    def unmark_mailed(self, message: Message) -> None:
        """Take that note back: the mail certainly did not go out."""
        key = mailed_key(message.member_id, message.message_id)
        with asking_for_patience():
            self._client.delete_item(TableName=self._table, Key=key)

    def _put_once(self, guard: Attributes, *items: Attributes) -> bool:
        actions = [
            put(self._table, guard, _MESSAGES.value, IS_NEW),
            *(put(self._table, item, _MESSAGES.value) for item in items),
        ]
        try:
            transact(self._client, [action.request for action in actions])
        except ConditionsFailed:
            return False
        return True


def _key(message: Message) -> Attributes:
    return message_key(message.member_id, stamp(message.created_at), message.message_id)
