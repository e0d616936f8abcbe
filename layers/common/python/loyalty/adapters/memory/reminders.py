"""Reminders, remembered."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from loyalty.adapters.memory.rows import Rows
from loyalty.domain.reminder import Fact, Reminder


class MemoryReminders:
    """Keeps `Reminders`' promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def told(self, member_id: str, since: date) -> frozenset[Fact]:
        """Return what a member was told of lots whose day is this one, or later."""
        reminders = self._rows.under(Reminder, "reminder", member_id)
        return frozenset((lot, lead) for it in reminders for lot, lead in it.facts if lot >= since)

    def add(self, reminder: Reminder) -> bool:
        """Note a reminder, which tells it; False: one of its facts was told before."""
        keys = [("reminder", reminder.member_id, str(lot), lead) for lot, lead in reminder.facts]
        with self._rows.lock:
            if any(self._rows.get(Reminder, *key) for key in keys):
                return False
            for key in keys:
                self._rows.put(key, reminder)
            return True

    def last_run(self) -> date | None:
        """Return the day whose reminders were handed over last."""
        return self._rows.get(date, "reminders")

    def note_run(self, today: date) -> None:
        """Note that all of a day's reminders were handed over."""
        self._rows.put(("reminders",), today)

    def every(self, member_id: str = "lin") -> list[Reminder]:
        """Return a member's reminders, the oldest first."""
        rows = self._rows.under(Reminder, "reminder", member_id)
        return sorted(dict.fromkeys(rows), key=lambda reminder: reminder.at)


@dataclass(slots=True)
class MemoryReminderQueue:
    """Keeps who may have to be reminded."""

    members: list[str] = field(default_factory=list)

    def add(self, member_ids: Sequence[str]) -> None:
        """Queue members, each as one message."""
        self.members += member_ids
