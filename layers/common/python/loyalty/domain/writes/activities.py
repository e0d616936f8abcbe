"""Writes of what members do besides buying: each row is guarded by its version."""

from dataclasses import dataclass

from loyalty.domain.check_in import CheckInCard

Activity = CheckInCard
"""Rows of activities that one member has."""


@dataclass(frozen=True, slots=True)
class SaveActivity:
    """Put an activity's row; holds while the row's version is one less (1: while there is none)."""

    activity: Activity
