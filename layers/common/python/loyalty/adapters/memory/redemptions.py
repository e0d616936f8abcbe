"""Orders for points, remembered; a member's are found through the ledger, as in DynamoDB."""

from collections.abc import Mapping
from datetime import datetime

from loyalty.adapters.memory.rows import Rows, due_first, newest_first
from loyalty.adapters.openings import OPENING_KINDS, opened_redemption
from loyalty.adapters.queues import place_in_queue
from loyalty.domain.entry import Entry
from loyalty.domain.redemption import Redemption
from loyalty.ports import Page


class MemoryRedemptions:
    """Keeps `Redemptions`' promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def redemption(self, redemption_id: str) -> Redemption | None:
        """Return one redemption."""
        return self._rows.get(Redemption, "redemption", redemption_id)

    def of_member(
        self, member_id: str, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Redemption]:
        """Return a member's redemptions, newest first."""
        page = newest_first(self._openings(member_id), _opened, limit, position)
        ids = (opened_redemption(entry.key.partition) for entry in page.items)
        found = (self.redemption(redemption_id) for redemption_id in ids if redemption_id)
        return Page([r for r in found if r is not None], page.next_position)

    def count_since(self, member_id: str, since: datetime, at_most: int) -> int:
        """Return how many redemptions a member made since an instant, counted to ``at_most``."""
        made = sum(entry.recorded_at >= since for entry in self._openings(member_id))
        return min(at_most, made)

    def in_queue(
        self, queue: str, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Redemption]:
        """Return what waits in a queue, due first."""
        waiting = [
            redemption
            for redemption in self._rows.under(Redemption, "redemption")
            if (place := place_in_queue(redemption)) and place.queue == queue
        ]
        return due_first(waiting, _due, limit, position)

    def _openings(self, member_id: str) -> list[Entry]:
        return [
            entry
            for entry in self._rows.under(Entry, "ledger")
            if entry.member_id == member_id
            and entry.kind in OPENING_KINDS
            and opened_redemption(entry.key.partition)
        ]


def _opened(entry: Entry) -> str:
    return f"{entry.recorded_at.isoformat(timespec='microseconds')} {entry.key.entry_id}"


def _due(redemption: Redemption) -> str:
    place = place_in_queue(redemption)
    assert place, "only what waits is listed"
    return f"{place.due_at.isoformat(timespec='microseconds')} {redemption.redemption_id}"
