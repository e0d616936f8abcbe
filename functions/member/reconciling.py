"""Use cases of reconciling: compare accounts with their entries, and rebuild one from them.

Entries are read through an index that may be a moment behind the account, so a difference counts
once two looks some time apart have seen the same.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from time import sleep

from loyalty.domain.entry import Entry
from loyalty.domain.errors import Busy, NotFound
from loyalty.domain.rebuild import Difference, Rebuilt, StoredAccount, differences, rebuild
from loyalty.ports import Mall, Stretch

SEGMENTS = 16
"""Parts of all accounts that are walked side by side."""

ACCOUNTS_AT_ONCE = 200
"""Rows of the accounts' table that one message of the queue is about."""

PAUSE_SECONDS = 1.0
LOOKS = 5
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What an account's rows say, and what its entries do."""

    stored: StoredAccount
    rebuilt: Rebuilt

    @property
    def member_id(self) -> str:
        """Whose account."""
        return self.stored.member_id

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Where the two differ; nothing where all is well."""
        return differences(self.stored, self.rebuilt)


def reconcile_member(mall: Mall, member_id: str) -> Reconciliation:
    """Compare one account, and its pending rows, with its entries.

    Raises:
        Busy: the account changes all the time.
    """
    seen = _look(mall, member_id)
    for _ in range(LOOKS):
        if not seen.differences:
            return seen
        sleep(PAUSE_SECONDS)
        before, seen = seen, _look(mall, member_id)
        if seen == before:
            return seen
    raise Busy("The account changes all the time.")


def show_reconciliation(mall: Mall, member_id: str) -> Reconciliation:
    """Compare one account with its entries.

    Raises:
        NotFound: nobody of this id ever came, or had points.
        Busy: the account changes all the time.
    """
    found = reconcile_member(mall, member_id)
    is_unknown = not found.stored.version and not found.rebuilt.entries
    if is_unknown and mall.members.member(member_id) is None:
        raise NotFound("There is no such member.")
    return found


def reconcile_stretch(mall: Mall, stretch: Stretch) -> tuple[list[Reconciliation], Stretch | None]:
    """Compare some accounts of a part; return them, and what is left of the part.

    Raises:
        Busy: an account changes all the time; the same part can be asked for again.
    """
    page = mall.accounts.members(stretch, ACCOUNTS_AT_ONCE)
    found = [reconcile_member(mall, member_id) for member_id in page.items]
    if page.next_position is None:
        return found, None
    return found, Stretch(stretch.segment, stretch.of, page.next_position)


def queue_all(mall: Mall) -> int:
    """Hand over all accounts, in parts; return how many parts."""
    mall.reconcile_queue.add(list(every_stretch()))
    return SEGMENTS


def every_stretch() -> Iterable[Stretch]:
    """Return the parts that make up all accounts."""
    return (Stretch(segment, SEGMENTS) for segment in range(SEGMENTS))


def _look(mall: Mall, member_id: str) -> Reconciliation:
    # The account first: entries that come in between are then seen, and looked at again.
    stored = mall.accounts.stored(member_id)
    return Reconciliation(stored, rebuild(_entries(mall, member_id)))


def _entries(mall: Mall, member_id: str) -> Iterator[Entry]:
    page = mall.ledger.statement(member_id, limit=_PAGE)
    yield from page.items
    while page.next_position:
        page = mall.ledger.statement(member_id, limit=_PAGE, position=page.next_position)
        yield from page.items
