"""Traces and cases, remembered."""

from collections.abc import Iterator, Mapping

from loyalty.adapters.memory.rows import Change, Rows, due_first, require_json
from loyalty.domain.anomaly.finding import Case, CaseStatus
from loyalty.domain.anomaly.trace import Trace
from loyalty.domain.writes import DecideCase
from loyalty.ports import Page


class MemoryTraces:
    """Keeps `Traces`' promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def trace(self, subject: str) -> Trace | None:
        """Return a subject's trace."""
        return self._rows.get(Trace, "trace", subject)

    def save(self, trace: Trace) -> bool:
        """Replace a trace; False: somebody else has changed it since its version was read."""
        with self._rows.lock:
            before = self.trace(trace.subject)
            if before is not None and before.version != trace.version - 1:
                return False
            self._rows.put(("trace", trace.subject), trace)
        return True


class MemoryAnomalies:
    """Keeps `Anomalies`' promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def case(self, anomaly_id: str) -> Case | None:
        """Return one case."""
        return self._rows.get(Case, "anomaly", anomaly_id)

    def open(self, case: Case) -> bool:
        """Put a new case; False: there is one of this id."""
        require_json(case.facts)
        with self._rows.lock:
            if self.case(case.anomaly_id) is not None:
                return False
            self._rows.put(("anomaly", case.anomaly_id), case)
        return True

    def in_status(
        self,
        status: CaseStatus,
        *,
        limit: int = 20,
        position: Mapping[str, str] | None = None,
    ) -> Page[Case]:
        """Return cases of a status, the oldest finding first."""
        everything = self._rows.under(Case, "anomaly")
        return due_first([it for it in everything if it.status is status], _place, limit, position)


def anomaly_changes(rows: Rows, write: DecideCase) -> Iterator[Change]:
    """Yield what a write makes of the cases' rows."""
    key = ("anomaly", write.case.anomaly_id)
    found = rows.get(Case, *key)
    holds = found is not None and found.version == write.case.version - 1
    yield Change(key, found, holds, write.case)


def _place(case: Case) -> str:
    return f"{case.found_at.isoformat(timespec='microseconds')} {case.anomaly_id}"
