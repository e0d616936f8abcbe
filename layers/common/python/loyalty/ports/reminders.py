"""Which reminders went out."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from loyalty.domain.reminder import Fact, Reminder


class Reminders(Protocol):
    """What members were told of points that expire: each fact once."""

    def told(self, member_id: str, since: date) -> frozenset[Fact]:
        """Return what a member was told of lots whose day is this one, or later."""
        ...

    def add(self, reminder: Reminder) -> bool:
        """Note a reminder, which tells it; False: one of its facts was told before."""
        ...

    def last_run(self) -> date | None:
        """Return the day whose reminders were handed over last."""
        ...

    def note_run(self, today: date) -> None:
        """Note that all of a day's reminders were handed over."""
        ...


class ReminderQueue(Protocol):
    """Members who may have to be reminded."""

    def add(self, member_ids: Sequence[str]) -> None:
        """Queue members, each as one message."""
        ...
