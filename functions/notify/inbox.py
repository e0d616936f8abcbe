"""Use case of the inbox. It stands apart: reading needs none of what writing messages needs."""

from collections.abc import Mapping

from loyalty.domain.message import Message
from loyalty.ports import Mall, Page


def list_messages(
    mall: Mall, member_id: str, limit: int, position: Mapping[str, str] | None
) -> Page[Message]:
    """Return a part of a member's inbox, newest first."""
    return mall.messages.inbox(member_id, limit=limit, position=position)
