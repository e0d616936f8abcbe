"""Booking acts on accounts: the optimistic loop, and an outcome as writes.

An attempt reads, decides purely, and commits. Beaten to the account by somebody else it starts
again on the fresh account that the refusal carried; whatever else it needs, it reads again.
"""

from collections.abc import Callable, Sequence
from functools import reduce
from typing import TypeVar

from tenacity import RetryError, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_random_exponential

from loyalty.domain import acts
from loyalty.domain.account import Account, Kind, Outcome, TornRead, unchanged
from loyalty.domain.entry import Circumstances, EntryKey, entries_of
from loyalty.domain.errors import Busy
from loyalty.domain.writes import AddEntry, ChangeAccount, CreditLot, Write
from loyalty.ports import Mall, WriteRefused

T = TypeVar("T")

MOST_WRITES = 96
"""Writes of one commit: a transaction takes 100 actions, and some writes are two."""

SETTLED_AT_ONCE = 90
"""Lots that lapse in one transaction."""

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
        except TornRead:
            freshest = None
            raise

    tries = Retrying(
        retry=retry_if_exception_type((LostRace, TornRead)),
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_random_exponential(multiplier=0.01, max=0.4),
    )
    try:
        return tries(once)
    except RetryError as error:
        raise Busy from error


def commit(mall: Mall, writes: Sequence[Write]) -> None:
    """Commit, telling lost races from refusals that mean something.

    An act on an account with more lapsed lots than fit one transaction settles them first.

    Raises:
        LostRace: the account alone had changed, or was settled just now.
        WriteRefused: something else does not hold.
    """
    if len(writes) > MOST_WRITES:
        for member_id in {w.before.member_id for w in writes if isinstance(w, ChangeAccount)}:
            settle_account(mall, member_id)
        raise LostRace
    try:
        mall.store.commit(writes)
    except WriteRefused as refused:
        if not all(_stands_with_the_account(write) for write, _ in refused.found):
            raise
        accounts = (found for _, found in refused.found if isinstance(found, Account))
        raise LostRace(next(accounts, None)) from refused


def _stands_with_the_account(write: Write) -> bool:
    """Whether a write fails only with the account's version: a lapse's key contains it."""
    if isinstance(write, AddEntry):
        return write.entry.kind is Kind.LAPSE
    return isinstance(write, ChangeAccount | CreditLot)


def settle_account(mall: Mall, member_id: str) -> int:
    """Let a member's lapsed lots lapse, in chunks; return how many did.

    Raises:
        Busy: races went on being lost.
    """
    lapsed = 0
    while chunk := until_it_holds(lambda fresh: _settle_chunk(mall, member_id, fresh)):
        lapsed += chunk
        if chunk < SETTLED_AT_ONCE:
            break
    return lapsed


def _settle_chunk(mall: Mall, member_id: str, fresh: Account | None) -> int:
    now, programme = mall.clock.now(), mall.programmes.live()
    account = fresh or mall.accounts.account(member_id)
    lapses = acts.settle(account, programme.today(now)).postings[:SETTLED_AT_ONCE]
    if lapses:
        outcome = reduce(Outcome.then, lapses, unchanged(account))
        key = EntryKey(f"member:{member_id}", "settle")
        why = Circumstances(now, now, "lapsed", "system", programme_version=programme.version)
        commit(mall, changes(account, outcome, key, why))
    return len(lapses)


def changes(
    before: Account, outcome: Outcome, act: EntryKey, why: Circumstances
) -> tuple[Write, ...]:
    """Return an outcome as writes: the account, if it changes, and the entries of the act."""
    outcome = _without_lapses_too_many(before, outcome)
    entries = entries_of(act, before, outcome.postings, why)
    return (*account_change(before, outcome), *(AddEntry(entry) for entry in entries))


def _without_lapses_too_many(before: Account, outcome: Outcome) -> Outcome:
    """Leave lapses that follow an act, and find no room in its transaction, to the next settlement.

    What is given back to more lots than that has lapsed all the same: nobody can spend it.
    """
    postings = outcome.postings
    before_act = next((n for n, it in enumerate(postings) if it.kind is not Kind.LAPSE), 0)
    room = max(SETTLED_AT_ONCE, before_act + 1)
    if len(postings) <= room:
        return outcome
    return reduce(Outcome.then, postings[:room], unchanged(before))


def account_change(before: Account, outcome: Outcome) -> tuple[ChangeAccount, ...]:
    """Return the write of the account, if there is one.

    Points that come and lapse at once leave the account as it was, but not its version: the
    keys of lapses are made of it. Neither does a claw-back that found too little and let the rest
    go: points that come meanwhile are there to be taken.
    """
    lapses = any(posting.kind is Kind.LAPSE for posting in outcome.postings)
    lets_go = any("shortfall" in posting.facts for posting in outcome.postings)
    changes_it = lapses or lets_go or outcome.account != before
    return (ChangeAccount(before, outcome.account),) if changes_it else ()
