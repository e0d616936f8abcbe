"""The most frequent act: a paid order credits its member in one write, reading no account.

Refused because of an earlier lot, a debt, or news that came before the order, it takes the
general way (`booking`), which reads first.
"""

from earn.booking import Booked, News, book_news, duplicate_of
from earn.grants import Reckoning, on_arrival, reckon
from loyalty.domain.account import Account, Kind, Posting
from loyalty.domain.entry import Circumstances, Entry, EntryKey, entries_of
from loyalty.domain.order_book import OrderBook
from loyalty.domain.orders import OrderPaid
from loyalty.domain.pending import PendingPoints
from loyalty.domain.writes import AddEntry, CreditLot, CreditPending, OpenPending, Write
from loyalty.ports import Mall, WriteRefused


def book_paid(mall: Mall, source: str, member_id: str, paid: OrderPaid) -> tuple[Booked, Reckoning]:
    """Credit a paid order, once.

    Raises:
        Busy: the store asks for patience; the same order finds what was done.
    """
    now = mall.clock.now()
    programme = mall.programmes.live()
    reckoning = on_arrival(reckon(paid.purchase, paid.occurred_at, programme, now))
    order_id = paid.purchase.order_id
    key = EntryKey(OrderBook(source, order_id).partition, "paid")
    why = Circumstances(
        occurred_at=paid.purchase.paid_at,
        recorded_at=now,
        reason="purchase",
        actor=f"shop:{source}",
        reference=order_id,
        programme_version=programme.version,
        explanation=reckoning.explanation,
    )
    try:
        mall.store.commit(_fast(key, member_id, source, order_id, reckoning, why))
    except WriteRefused as refused:
        for _, found in refused.found:
            if isinstance(found, Entry) and found.key == key:
                return duplicate_of(found), reckoning
        news = News(
            fact="paid",
            reason="purchase",
            occurred_at=paid.purchase.paid_at,
            booked_at=now,
            change=lambda book: book.paid(
                member_id, reckoning.grant, reckoning.usable_on, reckoning.today
            ),
            explanation=reckoning.explanation,
        )
        return book_news(mall, source, order_id, news), reckoning
    return Booked(key.entry_id, reckoning.grant.points), reckoning


def _fast(
    key: EntryKey,
    member_id: str,
    source: str,
    order_id: str,
    reckoning: Reckoning,
    why: Circumstances,
) -> list[Write]:
    points, lot = reckoning.grant.points, reckoning.grant.lot
    unread = Account(member_id)
    if not points:
        return [_entry(key, unread, Posting(Kind.EARN), why)]
    if reckoning.usable_on is None:
        posting = Posting(Kind.EARN, lots={lot: points})
        return [_entry(key, unread, posting, why), CreditLot(member_id, lot, points)]
    waiting = PendingPoints(member_id, source, order_id, points, reckoning.usable_on, lot)
    posting = Posting(Kind.EARN, pending=points)
    return [
        _entry(key, unread, posting, why),
        CreditPending(member_id, points),
        OpenPending(waiting),
    ]


def _entry(key: EntryKey, account: Account, posting: Posting, why: Circumstances) -> AddEntry:
    (entry,) = entries_of(key, account, [posting], why)
    return AddEntry(entry)
