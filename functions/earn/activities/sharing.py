"""A friend buys through a shared link: the tasks that purchases prove are credited."""

from datetime import date

from earn.activities.races import lost, was_booked
from loyalty.domain.account import Account
from loyalty.domain.entry import Entry, EntryKey
from loyalty.domain.order_book import OrderBook
from loyalty.domain.programme import Programme
from loyalty.domain.referral import NO_MINIMUM, is_real
from loyalty.domain.task import Task, TaskProof
from loyalty.domain.writes import OrderStands, SaveActivity, Write
from loyalty.giving import Gift, digest_of_fact, given_by, giving
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import commit, until_it_holds
from loyalty.taking_back import taking_back


def settle_shares(mall: Mall, source: str, order_id: str, paid: Entry) -> bool:
    """Credit whoever shared the link that an order came by, or take that back.

    Raises:
        Busy: the account changes all the time; nothing was done.
    """
    shared_by = paid.explanation.get("shared_by")
    sharer = sharer_of(mall, str(shared_by)) if shared_by else None
    if sharer is None or sharer == paid.member_id:
        return False
    tasks = [it for it in mall.programmes.live().tasks if it.proof is TaskProof.PURCHASE]
    settled = [_settle(mall, source, order_id, sharer, task) for task in tasks]
    return any(settled)


def sharer_of(mall: Mall, shared_by: str) -> str | None:
    """Return the member whose code, or id, an order carries."""
    code = mall.activities.referral_code(shared_by.upper())
    if code:
        return code.member_id
    member = mall.members.member(shared_by)
    return member.member_id if member else None


def _settle(mall: Mall, source: str, order_id: str, sharer: str, task: Task) -> bool:
    def attempt(fresh: Account | None) -> bool:
        now, programme = mall.clock.now(), mall.programmes.live()
        today, book = programme.today(now), mall.ledger.book(source, order_id)
        account = fresh or mall.accounts.account(sharer)
        stands = is_real(book, NO_MINIMUM, today)
        credit = _gift(book, task, sharer)
        given = mall.ledger.entry(credit.key)
        if stands and given is None:
            progress = mall.activities.task(sharer, task.id)
            if progress.reached(task, today):
                return False
            gives = giving(account, programme, now, [credit])
            writes: tuple[Write, ...] = (SaveActivity(progress.counted(today)), *gives)
        elif given and not stands:
            credit = _gift(book, task, sharer, given)
            writes = taking_back(mall, account, programme, now, credit, _lot(programme, given))
        else:
            return False
        try:
            commit(mall, [OrderStands(book), *writes])
        except WriteRefused as refused:
            if was_booked(refused, credit.key):
                return False
            raise lost(refused) from refused
        return True

    return until_it_holds(attempt)


def _gift(book: OrderBook, task: Task, sharer: str, given: Entry | None = None) -> Gift:
    """Return the credit of an order, or what takes ``given`` back.

    Its key is shown to the sharer, who learns by it nothing of the order.
    """
    order = f"{book.source}:{book.order_id}"
    what = f"task:{task.id}:reversed" if given else f"task:{task.id}"
    key = EntryKey(f"member:{sharer}", f"{what}:{digest_of_fact(order)}")
    return Gift(
        key,
        given_by(given) if given else task.points,
        "task-reversed" if given else "task",
        {"task": task.id, "friends_order": order},
        task.id,
        "system",
    )


def _lot(programme: Programme, given: Entry) -> date:
    lots = list(given.lots) or [programme.validity.expires_on(programme.today(given.recorded_at))]
    return lots[0]
