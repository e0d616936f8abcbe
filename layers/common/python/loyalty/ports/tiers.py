"""What members climb by, and who is to be looked at."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from loyalty.domain.tier_count import Counted, TierCount
from loyalty.domain.tier_step import TierStep


class Tiers(Protocol):
    """Counts, apart from the points that can be spent."""

    def count(self, member_id: str) -> TierCount:
        """Return a member's counts; of whom nothing was counted, at version 0."""
        ...

    def counted(self, fact: str) -> Counted:
        """Return what a purchase or a task counts; one that was never counted, at version 0."""
        ...

    def steps(self, member_id: str) -> Sequence[TierStep]:
        """Return a member's steps between tiers, and warnings, oldest first."""
        ...

    def due(self, until: date) -> Iterable[str]:
        """Yield members whose tier is to be looked at on or before a day (as the index knows)."""
        ...


class TierQueue(Protocol):
    """Members whose tier is to be looked at."""

    def add(self, member_ids: Sequence[str]) -> None:
        """Queue members, each as one message.

        Raises:
            RuntimeError: the queue did not take all of them; the next sweep finds them again.
        """
        ...
