"""What members do besides buying, remembered."""

from collections.abc import Iterator, Sequence

from loyalty.adapters.memory.rows import Change, Key, Rows
from loyalty.domain.check_in import CheckInCard
from loyalty.domain.order_book import OrderBook
from loyalty.domain.referral import Bond, ReferralCode, Referrer
from loyalty.domain.request import Request
from loyalty.domain.task import TaskProgress
from loyalty.domain.writes import ForbidRing, OrderStands, SaveActivity
from loyalty.domain.writes.activities import Activity

ActivityWrite = SaveActivity | ForbidRing | OrderStands


class MemoryActivities:
    """Keeps `Activities`' promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def check_ins(self, member_id: str) -> CheckInCard:
        """Return a member's card; one that nothing was ever marked on is at version 0."""
        found = self._rows.get(CheckInCard, "check-ins", member_id)
        return found or CheckInCard(member_id)

    def task(self, member_id: str, task_id: str) -> TaskProgress:
        """Return how often a member has done a task; never: version 0."""
        found = self._rows.get(TaskProgress, "task", member_id, task_id)
        return found or TaskProgress(member_id, task_id)

    def tasks(self, member_id: str) -> Sequence[TaskProgress]:
        """Return the tasks that a member has done at least once."""
        return self._rows.under(TaskProgress, "task", member_id)

    def request(self, request_id: str) -> Request | None:
        """Return what was asked for under a key."""
        return self._rows.get(Request, "request", request_id)

    def referral_code(self, code: str) -> ReferralCode | None:
        """Return whose code this is."""
        return self._rows.get(ReferralCode, "referral-code", code)

    def referrer(self, member_id: str) -> Referrer:
        """Return a member's own code and what it has earned; none yet: version 0."""
        return self._rows.get(Referrer, "referrer", member_id) or Referrer(member_id)

    def bond(self, friend_id: str) -> Bond | None:
        """Return who brought a member."""
        return self._rows.get(Bond, "bond", friend_id)

    def friends(self, referrer_id: str, limit: int) -> Sequence[Bond]:
        """Return whom a member has brought, the newest first."""
        bonds = [bond for bond in self._rows.under(Bond, "bond") if bond.referrer_id == referrer_id]
        return sorted(bonds, key=lambda bond: (bond.since, bond.friend_id), reverse=True)[:limit]


def activity_changes(rows: Rows, write: ActivityWrite) -> Iterator[Change]:
    """Yield what a write makes of the activities' rows, or insists on."""
    match write:
        case SaveActivity(row):
            assert row.version > 0, "a row is saved with the version that it gets"
            key = _key_of(row)
            found = rows.get(type(row), *key)
            yield Change(key, found, (found.version if found else 0) == row.version - 1, row)
        case ForbidRing(referrer_id, friend_id):
            bond = rows.get(Bond, "bond", referrer_id)
            holds = bond is None or bond.referrer_id != friend_id
            yield Change(("bond", referrer_id), bond, holds, bond)
        case OrderStands(book):
            key = ("ledger", book.partition, "state")
            state = rows.get(OrderBook, *key)
            yield Change(key, state, (state.version if state else 0) == book.version, state)


def _key_of(activity: Activity) -> Key:
    match activity:
        case CheckInCard(member_id):
            return ("check-ins", member_id)
        case TaskProgress(member_id, task_id):
            return ("task", member_id, task_id)
        case Request():
            return ("request", activity.request_id)
        case ReferralCode(code):
            return ("referral-code", code)
        case Referrer(member_id):
            return ("referrer", member_id)
        case Bond(friend_id):
            return ("bond", friend_id)
