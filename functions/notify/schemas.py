"""What the inbox looks like from outside."""

from collections.abc import Sequence

from loyalty.api.schema import Instant, Schema
from loyalty.domain.message import Message


class MessageDetail(Schema):
    """One message, in the language of the caller."""

    message_id: str
    event: str
    title: str
    body: str
    reference: str | None
    created_at: Instant

    @classmethod
    def of(cls, message: Message, language: str) -> "MessageDetail":
        """Show a message."""
        return cls(
            message_id=message.message_id,
            event=message.event,
            title=message.title[language],
            body=message.body[language],
            reference=message.reference,
            created_at=message.created_at,
        )


class MessageList(Schema):
    """A part of the inbox, newest first."""

    items: list[MessageDetail]
    next_cursor: str | None

    @classmethod
    def of(
        cls, messages: Sequence[Message], next_cursor: str | None, language: str
    ) -> "MessageList":
        """Show a part."""
        items = [MessageDetail.of(message, language) for message in messages]
        return cls(items=items, next_cursor=next_cursor)
