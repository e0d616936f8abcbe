"""Booking acts on accounts: the optimistic loop, and an outcome as writes.

An attempt reads, decides purely, and commits. Beaten to the account by somebody else it starts
again on the fresh account that the refusal carried; whatever else it needs, it reads again.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from tenacity import RetryError, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_random_exponential

from loyalty.domain.account import Account, Outcome
from loyalty.domain.entry import Circumstances, EntryKey, entries_of
from loyalty.domain.errors import Busy
from loyalty.domain.writes import AddEntry, ChangeAccount, CreditLot, Write
from loyalty.ports import Mall, WriteRefused

T = TypeVar("T")

ATTEMPTS = 12
"""Tries before the caller is asked for patience: enough for a member's hundred devices at once."""


class LostRace(Exception):
    """Somebody else changed what an attempt had read; ``account`` is how it stands now."""

    def __init__(self, account: Account | None = None) -> None:
        super().__init__("lost a race")
        self.account = account


def until_it_holds(attempt: Callable[[Account | None], T]) -> T:
    """Run an attempt until no race is lost, handing it the freshest account that is known.

    Raises:
        Busy: races went on being lost; nothing was done.
    """
    freshest: Account | None = None

    def once() -> T:
        nonlocal freshest
        try:
            return attempt(freshest)
        except LostRace as race:
            freshest = race.account
            raise

    tries = Retrying(
        retry=retry_if_exception_type(LostRace),
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_random_exponential(multiplier=0.01, max=0.4),
    )
    try:
        return tries(once)
    except RetryError as error:
        raise Busy from error


def commit(mall: Mall, writes: Sequence[Write]) -> None:
    """Commit, telling lost races from refusals that mean something.

    Raises:
        LostRace: the account alone had changed.
        WriteRefused: something else does not hold.
    """
    try:
        mall.store.commit(writes)
    except WriteRefused as refused:
        if any(not isinstance(write, ChangeAccount | CreditLot) for write, _ in refused.found):
            raise
        account = refused.found[0][1]
        raise LostRace(account if isinstance(account, Account) else None) from refused


def changes(
    before: Account, outcome: Outcome, act: EntryKey, why: Circumstances
) -> tuple[Write, ...]:
    """Return an outcome as writes: the account, if it changes, and the entries of the act."""
    entries = entries_of(act, before, outcome.postings, why)
    account = (ChangeAccount(before, outcome.account),) if outcome.account != before else ()
    return (*account, *(AddEntry(entry) for entry in entries))
