"""What watchers remember, and the cases that they open."""

from collections.abc import Mapping
from typing import Protocol

from loyalty.domain.anomaly.finding import Case, CaseStatus
from loyalty.domain.anomaly.trace import Trace
from loyalty.ports.store import Page


class Traces(Protocol):
    """What is remembered of members, devices and addresses, for a while."""

    def trace(self, subject: str) -> Trace | None:
        """Return a subject's trace."""
        ...

    def save(self, trace: Trace) -> bool:
        """Replace a trace; False: somebody else has changed it since its version was read."""
        ...


class Anomalies(Protocol):
    """Cases: each opened once."""

    def case(self, anomaly_id: str) -> Case | None:
        """Return one case."""
        ...

    def open(self, case: Case) -> bool:
        """Put a new case; False: there is one of this id."""
        ...

    def in_status(
        self,
        status: CaseStatus,
        *,
        limit: int = 20,
        position: Mapping[str, str] | None = None,
    ) -> Page[Case]:
        """Return cases of a status, the oldest finding first."""
        ...
