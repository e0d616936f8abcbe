"""Orders for points, remembered."""

from collections.abc import Mapping
from datetime import datetime

from loyalty.adapters.memory.rows import Rows, due_first, newest_first
from loyalty.adapters.queues import place_in_queue
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
        return newest_first(self._of(member_id), _created, limit, position)

    def count_since(self, member_id: str, since: datetime, at_most: int) -> int:
        """Return how many redemptions a member made since an instant, counted to ``at_most``."""
        return min(at_most, sum(r.created_at >= since for r in self._of(member_id)))

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

    def _of(self, member_id: str) -> list[Redemption]:
        redemptions = self._rows.under(Redemption, "redemption")
        return [r for r in redemptions if r.member_id == member_id]


def _created(redemption: Redemption) -> str:
    created_at = redemption.created_at.isoformat(timespec="microseconds")
    return f"{created_at} {redemption.redemption_id}"


def _due(redemption: Redemption) -> str:
    place = place_in_queue(redemption)
    assert place, "only what waits is listed"
    return f"{place.due_at.isoformat(timespec='microseconds')} {redemption.redemption_id}"
