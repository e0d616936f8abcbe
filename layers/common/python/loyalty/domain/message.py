"""Words to a member, kept in the inbox."""

from dataclasses import dataclass
from datetime import datetime

from loyalty.domain.item import Text


@dataclass(frozen=True, slots=True)
class Message:
    """One message, in every language it was written in. Its id makes it once per event."""

    message_id: str
    member_id: str
    event: str
    title: Text
    body: Text
    created_at: datetime
    reference: str | None = None
