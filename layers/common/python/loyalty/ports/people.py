"""Members, and how they are spoken to."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from loyalty.domain.adjustment import AdjustmentStatus, WaitingAdjustment
from loyalty.domain.member import CustomerLink, Member, WaitingEvent
from loyalty.domain.message import Message
from loyalty.ports.store import Page


class Members(Protocol):
    """Profiles, and the shop customers linked to them."""

    def member(self, member_id: str) -> Member | None:
        """Return a profile."""
        ...

    def find(self, contact: str) -> Sequence[Member]:
        """Return members with this phone or e-mail address."""
        ...

    def link(self, source: str, customer_id: str) -> CustomerLink | None:
        """Return who a shop's customer is."""
        ...

    def waiting(self, source: str, customer_id: str) -> Sequence[WaitingEvent]:
        """Return the news that waits for a customer to be linked, oldest first."""
        ...

    def done_waiting(self, event: WaitingEvent) -> None:
        """Forget news that has been booked."""
        ...


class Adjustments(Protocol):
    """Adjustments that wait, or waited, for a reviewer."""

    def adjustment(self, adjustment_id: str) -> WaitingAdjustment | None:
        """Return one adjustment."""
        ...

    def in_status(
        self,
        status: AdjustmentStatus,
        *,
        limit: int = 20,
        position: Mapping[str, str] | None = None,
    ) -> Page[WaitingAdjustment]:
        """Return adjustments of a status, the oldest request first."""
        ...


class Messages(Protocol):
    """The inbox."""

    def deliver(self, message: Message) -> bool:
        """Put a message into the inbox; False if it is there already."""
        ...

    def inbox(
        self, member_id: str, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Message]:
        """Return a member's messages, newest first."""
        ...

    def mark_mailed(self, message: Message) -> bool:
        """Note that a message goes out by e-mail; False if that was noted before."""
        ...

    def unmark_mailed(self, message: Message) -> None:
        """Take that note back: the mail certainly did not go out."""
        ...


class MailNotSent(Exception):
    """The mail certainly did not go out: sending it again later sends it once."""


class Mailer(Protocol):
    """E-mail."""

    def send(self, to: str, subject: str, text: str) -> None:
        """Send one mail.

        Raises:
            MailNotSent: it was refused. Any other failure: it may have gone out.
        """
        ...
