"""What members do besides buying."""

from typing import Protocol

from loyalty.domain.check_in import CheckInCard


class Activities(Protocol):
    """Check-ins of members."""

    def check_ins(self, member_id: str) -> CheckInCard:
        """Return a member's card; one that nothing was ever marked on is at version 0."""
        ...
