"""Findings, and the cases that people decide."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from loyalty.domain.anomaly.rules import Action
from loyalty.domain.audit import digest_of


class AnomalyKind(StrEnum):
    """In which way something looks wrong."""

    VELOCITY = "velocity"
    DEVICE = "device"
    ADDRESS = "address"
    NORM = "norm"
    RING = "ring"
    ATTEMPTS = "attempts"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is above a limit: who is involved, and the facts."""

    kind: AnomalyKind
    subject: str
    members: tuple[str, ...]
    facts: Mapping[str, object]
    action: Action

    def anomaly_id(self, day: date) -> str:
        """Return the id of the case that it belongs to: one for each subject, kind and week."""
        year, week, _ = day.isocalendar()
        return f"ano_{digest_of([self.kind, self.subject, year, week])[:26]}"


class CaseStatus(StrEnum):
    """What has become of a case."""

    OPEN = "open"
    DISMISSED = "dismissed"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Case:
    """What a reviewer looks at; ``is_frozen``: its members' accounts were frozen by it."""

    anomaly_id: str
    kind: AnomalyKind
    subject: str
    members: tuple[str, ...]
    facts: Mapping[str, object]
    found_at: datetime
    event_id: str
    status: CaseStatus = CaseStatus.OPEN
    is_frozen: bool = False
    decision: str | None = None
    reason: str | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    version: int = 0


def case_of(finding: Finding, day: date, at: datetime, event_id: str) -> Case:
    """Return the case that a finding opens."""
    return Case(
        anomaly_id=finding.anomaly_id(day),
        kind=finding.kind,
        subject=finding.subject,
        members=finding.members,
        facts={**finding.facts, "day": day.isoformat()},
        found_at=at,
        event_id=event_id,
        is_frozen=finding.action is Action.FREEZE,
    )
