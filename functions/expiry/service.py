"""Use cases of expiry: find what is due, let lots lapse, make pending points usable.

Spending is exact without any of this: an act settles the account that it touches. The sweep
keeps statements and the index up to date for those who do nothing.
"""

from itertools import islice

from loyalty.domain import acts
from loyalty.domain.account import Account
from loyalty.domain.entry import Circumstances, EntryKey
from loyalty.domain.order_book import OrderBook
from loyalty.domain.writes import ChangePending
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import LostRace, changes, commit, settle_account, until_it_holds

BATCH = 100
"""Accounts handed over at a time: what an interrupted sweep has to find again at most."""


def queue_due(mall: Mall) -> tuple[int, int]:
    """Hand over every account with a lapsed lot, and every order whose return window has ended.

    Its cost grows with what is due, not with members. Run twice, or twice at once, it hands
    over some of them twice, which is harmless; interrupted, the next run finds the rest.

    Returns:
        How many accounts, and how many pending rows.
    """
    today = mall.programmes.live().today(mall.clock.now())
    members = rows = 0
    lapsing = iter(mall.accounts.due_to_lapse(today))
    while batch := list(islice(lapsing, BATCH)):
        mall.settlement_queue.add(batch, [])
        members += len(batch)
    maturing = iter(mall.accounts.due_to_mature(today))
    while due := list(islice(maturing, BATCH)):
        mall.settlement_queue.add([], due)
        rows += len(due)
    return members, rows


def settle(mall: Mall, member_id: str) -> int:
    """Let a member's lapsed lots lapse, one entry a lot; return how many did.

    Raises:
        Busy: races went on being lost.
    """
    return settle_account(mall, member_id)


def mature(mall: Mall, member_id: str, source: str, order_id: str) -> int:
    """Make an order's pending points usable; return how many, 0 if none wait any more.

    Raises:
        Busy: races went on being lost.
    """

    def attempt(fresh: Account | None) -> int:
        now, programme = mall.clock.now(), mall.programmes.live()
        today = programme.today(now)
        row = mall.accounts.pending(member_id, source, order_id)
        if row is None or row.usable_on > today:
            return 0
        account = fresh or mall.accounts.account(member_id)
        outcome = acts.mature(account, today, row.remaining, row.lot)
        # An edit after maturing may open the row again: the row's version tells the two apart.
        key = EntryKey(OrderBook(source, order_id).partition, f"mature:{row.version}:{today}")
        why = Circumstances(now, now, "return-window-ended", "system", order_id, programme.version)
        try:
            commit(mall, [ChangePending(row, 0), *changes(account, outcome, key, why)])
        except WriteRefused as refused:
            raise LostRace from refused
        return row.remaining

    return until_it_holds(attempt)
