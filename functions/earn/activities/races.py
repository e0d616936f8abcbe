"""What a refused write of an activity means: it was done before, or somebody was quicker."""

from loyalty.domain.account import Account
from loyalty.domain.entry import Entry, EntryKey
from loyalty.ports import WriteRefused
from loyalty.posting import LostRace


def was_booked(refused: WriteRefused, key: EntryKey) -> Entry | None:
    """Return the entry that stands under a key already, if that was in the way."""
    entries = (found for _, found in refused.found if isinstance(found, Entry))
    return next((entry for entry in entries if entry.key == key), None)


def lost(refused: WriteRefused) -> LostRace:
    """Return the race that a refusal tells of, with the account as it is now."""
    accounts = (found for _, found in refused.found if isinstance(found, Account))
    return LostRace(next(accounts, None))
