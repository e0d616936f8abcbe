"""Writes of cases."""

from dataclasses import dataclass

from loyalty.domain.anomaly.finding import Case


@dataclass(frozen=True, slots=True)
class DecideCase:
    """Put an open case as decided; holds while the row's version is one less."""

    case: Case
