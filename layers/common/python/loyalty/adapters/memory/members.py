"""Members, their links and their inboxes, remembered."""

from collections.abc import Mapping, Sequence

from loyalty.adapters.memory.rows import Rows, newest_first
from loyalty.domain.member import CustomerLink, Member, WaitingEvent
from loyalty.domain.message import Message
from loyalty.ports import Page


class MemoryMembers:
    """Keeps `Members`' promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def member(self, member_id: str) -> Member | None:
        """Return a profile."""
        return self._rows.get(Member, "member", member_id)

    def find(self, contact: str) -> Sequence[Member]:
        """Return members with this phone or e-mail address."""
        members = self._rows.under(Member, "member")
        return [member for member in members if contact in {member.phone, member.email}]

    def link(self, source: str, customer_id: str) -> CustomerLink | None:
        """Return who a shop's customer is."""
        return self._rows.get(CustomerLink, "link", source, customer_id)

    def waiting(self, source: str, customer_id: str) -> Sequence[WaitingEvent]:
        """Return the news that waits for a customer to be linked, oldest first."""
        events = self._rows.under(WaitingEvent, "waiting", source, customer_id)
        return sorted(events, key=lambda event: event.received_at)

    def done_waiting(self, event: WaitingEvent) -> None:
        """Forget news that has been booked."""
        order_id = event.paid.purchase.order_id
        self._rows.put(("waiting", event.source, event.customer_id, order_id), None)


class MemoryMessages:
    """Keeps `Messages`' promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def deliver(self, message: Message) -> bool:
        """Put a message into the inbox; False if it is there already."""
        return self._put_once(("message", message.member_id, message.message_id), message)

    def inbox(
        self, member_id: str, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Message]:
        """Return a member's messages, newest first."""
        messages = self._rows.under(Message, "message", member_id)
        return newest_first(messages, _place, limit, position)

    def mark_mailed(self, message: Message) -> bool:
        """Note that a message goes out by e-mail; False if that was noted before."""
        return self._put_once(("mailed", message.member_id, message.message_id), message)

    def unmark_mailed(self, message: Message) -> None:
        """Take that note back: the mail certainly did not go out."""
        self._rows.put(("mailed", message.member_id, message.message_id), None)

    def _put_once(self, key: tuple[str, ...], message: Message) -> bool:
        with self._rows.lock:
            if self._rows.get(Message, *key) is not None:
                return False
            self._rows.put(key, message)
            return True


def _place(message: Message) -> str:
    created_at = message.created_at.isoformat(timespec="microseconds")
    return f"{created_at} {message.message_id}"
