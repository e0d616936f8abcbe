"""Looking into a mall's books: accounts, entries, and whether the ones explain the others."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account, Kind, Posting, apply, unchanged
from loyalty.domain.entry import Circumstances, Entry, EntryKey
from loyalty.ports import Mall
from loyalty.posting import changes


def account_of(mall: Mall, member_id: str = "lin") -> Account:
    """Return the account as it stands."""
    return mall.accounts.account(member_id)


def available(mall: Mall, member_id: str = "lin") -> int:
    """Return what the member can spend now."""
    today = mall.programmes.live().today(mall.clock.now())
    return account_of(mall, member_id).available_on(today)


def entries_of_member(mall: Mall, member_id: str = "lin") -> list[Entry]:
    """Return the whole statement, oldest first."""
    page = mall.ledger.statement(member_id, limit=1_000_000)
    return list(reversed(page.items))


def facts_of(mall: Mall, member_id: str = "lin") -> list[str]:
    """Return the ids of all entries, oldest first."""
    return [entry.key.entry_id for entry in entries_of_member(mall, member_id)]


def rebuilt(mall: Mall, member_id: str = "lin") -> Account:
    """Return the account that the entries alone make, in whatever order they stand."""
    postings = [entry.posting for entry in entries_of_member(mall, member_id)]
    lots: Counter[date] = Counter()
    for posting in postings:
        lots.update(posting.lots)
    whole = Posting(
        Kind.IMPORT,
        lots,
        held=sum(posting.held for posting in postings),
        pending=sum(posting.pending for posting in postings),
        debt=sum(posting.debt for posting in postings),
    )
    return apply(Account(member_id), whole)


def assert_explained(mall: Mall, member_id: str = "lin") -> None:
    """Insist that the entries explain the account, field by field."""
    stands = account_of(mall, member_id)
    assert stands == replace(rebuilt(mall, member_id), version=stands.version)


def bring(mall: MemoryMall, lots: Mapping[date, int], member_id: str = "lin") -> None:
    """Bring points in lots of given days, as an import from another system does."""
    account, now = account_of(mall, member_id), mall.clock.now()
    outcome = unchanged(account).then(Posting(Kind.IMPORT, lots))
    why = Circumstances(now, now, "import", "operator:test")
    key = EntryKey(f"member:{member_id}", f"import:{account.version}")
    mall.store.commit(changes(account, outcome, key, why))


def on_day(mall: MemoryMall, day: date) -> None:
    """Travel to noon of a day in Shanghai."""
    mall.clock.set(datetime(day.year, day.month, day.day, 4, tzinfo=UTC))
