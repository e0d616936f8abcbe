"""What members do besides buying."""

from collections.abc import Sequence
from typing import Protocol

from loyalty.domain.check_in import CheckInCard
from loyalty.domain.referral import Bond, ReferralCode, Referrer
from loyalty.domain.request import Request
from loyalty.domain.task import TaskProgress


class Activities(Protocol):
    """Check-ins, tasks and referrals of members."""

    def check_ins(self, member_id: str) -> CheckInCard:
        """Return a member's card; one that nothing was ever marked on is at version 0."""
        ...

    def task(self, member_id: str, task_id: str) -> TaskProgress:
        """Return how often a member has done a task; never: version 0."""
        ...

    def tasks(self, member_id: str) -> Sequence[TaskProgress]:
        """Return the tasks that a member has done at least once."""
        ...

    def request(self, request_id: str) -> Request | None:
        """Return what was asked for under a key."""
        ...

    def referral_code(self, code: str) -> ReferralCode | None:
        """Return whose code this is."""
        ...

    def referrer(self, member_id: str) -> Referrer:
        """Return a member's own code and what it has earned; none yet: version 0."""
        ...

    def bond(self, friend_id: str) -> Bond | None:
        """Return who brought a member."""
        ...

    def friends(self, referrer_id: str, limit: int) -> Sequence[Bond]:
        """Return whom a member has brought, the newest first."""
        ...
