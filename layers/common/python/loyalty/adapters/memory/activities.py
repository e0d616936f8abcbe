"""What members do besides buying, remembered."""

from collections.abc import Iterator

from loyalty.adapters.memory.rows import Change, Key, Rows
from loyalty.domain.check_in import CheckInCard
from loyalty.domain.writes import SaveActivity
from loyalty.domain.writes.activities import Activity

ActivityWrite = SaveActivity


class MemoryActivities:
    """Keeps `Activities`' promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def check_ins(self, member_id: str) -> CheckInCard:
        """Return a member's card; one that nothing was ever marked on is at version 0."""
        found = self._rows.get(CheckInCard, "check-ins", member_id)
        return found or CheckInCard(member_id)


def activity_changes(rows: Rows, write: ActivityWrite) -> Iterator[Change]:
    """Yield what a write makes of the activities' rows."""
    row = write.activity
    assert row.version > 0, "a row is saved with the version that it gets"
    key = _key_of(row)
    found = rows.get(type(row), *key)
    yield Change(key, found, (found.version if found else 0) == row.version - 1, row)


def _key_of(activity: Activity) -> Key:
    return ("check-ins", activity.member_id)
