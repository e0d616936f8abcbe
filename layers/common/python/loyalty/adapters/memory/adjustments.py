"""Waiting adjustments, remembered."""

from collections.abc import Iterator, Mapping

from loyalty.adapters.memory.rows import Change, Rows, due_first
from loyalty.domain.adjustment import AdjustmentStatus, WaitingAdjustment
from loyalty.domain.writes import AddAdjustment, DecideAdjustment
from loyalty.ports import Page

AdjustmentWrite = AddAdjustment | DecideAdjustment


class MemoryAdjustments:
    """Keeps `Adjustments`' promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def adjustment(self, adjustment_id: str) -> WaitingAdjustment | None:
        """Return one adjustment."""
        return self._rows.get(WaitingAdjustment, "adjustment", adjustment_id)

    def in_status(
        self,
        status: AdjustmentStatus,
        *,
        limit: int = 20,
        position: Mapping[str, str] | None = None,
    ) -> Page[WaitingAdjustment]:
        """Return adjustments of a status, the oldest request first."""
        everything = self._rows.under(WaitingAdjustment, "adjustment")
        fitting = [one for one in everything if one.status is status]
        return due_first(fitting, _place, limit, position)


def adjustment_changes(rows: Rows, write: AdjustmentWrite) -> Iterator[Change]:
    """Yield what a write makes of the adjustments' rows."""
    adjustment = write.adjustment
    key = ("adjustment", adjustment.adjustment_id)
    found = rows.get(WaitingAdjustment, *key)
    is_new = isinstance(write, AddAdjustment)
    seen = found.version if found else 0
    yield Change(
        key, found, found is None if is_new else seen == adjustment.version - 1, adjustment
    )


def _place(adjustment: WaitingAdjustment) -> str:
    at = adjustment.requested_at.isoformat(timespec="microseconds")
    return f"{at} {adjustment.adjustment_id}"
