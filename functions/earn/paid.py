"""The most frequent act: a paid order credits its member in one write, reading no account.

Refused because of an earlier lot, a debt, or news that came before the order, it takes the
general way (`booking`), which reads first. Refused by a counter, it is reckoned again.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from tenacity import RetryError, Retrying, retry_if_exception_type, stop_after_attempt
from tenacity.wait import wait_random_exponential

from earn.booking import Booked, News, Revision, book_news, duplicate_of
from earn.edited import with_early_edit
from earn.grants import Reckoning, on_arrival, reckon
from earn.rules import Scene
from earn.scenes import scene_at, within
from earn.tally import Tally
from loyalty.domain.account import Account, Kind, Posting
from loyalty.domain.entry import Circumstances, Entry, EntryKey, entries_of
from loyalty.domain.errors import Busy
from loyalty.domain.order_book import OrderBook
from loyalty.domain.orders import OrderPaid
from loyalty.domain.pending import PendingPoints
from loyalty.domain.writes import AddEntry, CreditLot, CreditPending, OpenPending, Write
from loyalty.ports import Mall, WriteRefused

ATTEMPTS = 24
"""Tries while others draw what is left of a budget: each that fails means that there is less."""


class _LessRoom(Exception):
    """A counter allows less than was thought; by now the tally knows."""


def book_paid(mall: Mall, source: str, member_id: str, paid: OrderPaid) -> tuple[Booked, Reckoning]:
    """Credit a paid order, once.

    Raises:
        Busy: the store asks for patience; the same order finds what was done.
    """
    programme, order_id = mall.programmes.live(), paid.purchase.order_id
    payment = _Payment(
        mall, source, paid, Tally(mall, programme, member_id, f"{source}:{order_id}")
    )
    tries = Retrying(
        retry=retry_if_exception_type(_LessRoom),
        stop=stop_after_attempt(ATTEMPTS),
        wait=wait_random_exponential(multiplier=0.005, max=0.2),
    )
    try:
        return tries(payment.book)
    except RetryError as error:
        raise Busy from error


@dataclass(slots=True)
class _Payment:
    """One paid order, and what is known of the counters that it draws from."""

    mall: Mall
    source: str
    paid: OrderPaid
    tally: Tally
    scene: Scene | None = None

    @property
    def key(self) -> EntryKey:
        return EntryKey(OrderBook(self.source, self.paid.purchase.order_id).partition, "paid")

    def book(self) -> tuple[Booked, Reckoning]:
        """Reckon the order by what is known, and credit it."""
        now = self.mall.clock.now()
        at = min(self.paid.purchase.paid_at, now)
        self.scene = within(self.scene, self.tally) if self.scene else scene_at(self.tally, at)
        programme, purchase = self.tally.programme, self.paid.purchase
        reckoning = on_arrival(reckon(purchase, self.paid.occurred_at, programme, now, self.scene))
        counted = self.tally.writes(reckoning)
        if counted is None:
            raise _LessRoom
        why = Circumstances(
            occurred_at=purchase.paid_at,
            recorded_at=now,
            reason="purchase",
            actor=f"shop:{self.source}",
            reference=purchase.order_id,
            programme_version=programme.version,
            explanation=reckoning.explanation,
        )
        try:
            self.mall.store.commit([*self._credit(reckoning, why), *counted])
        except WriteRefused as refused:
            return self._refused(refused, reckoning, why, counted), reckoning
        return Booked(self.key.entry_id, reckoning.grant.points), reckoning

    def _refused(
        self,
        refused: WriteRefused,
        reckoning: Reckoning,
        why: Circumstances,
        counted: Sequence[Write],
    ) -> Booked:
        for _, found in refused.found:
            if isinstance(found, Entry) and found.key == self.key:
                return duplicate_of(found)
        self._learn(refused)
        order_id = self.paid.purchase.order_id
        news = News(
            "paid",
            "purchase",
            why.occurred_at,
            why.recorded_at,
            lambda book: self._revision(book, reckoning, counted),
        )
        try:
            return book_news(self.mall, self.source, order_id, news)
        except WriteRefused as again:
            self._learn(again)
            raise

    def _revision(
        self, book: OrderBook, reckoning: Reckoning, counted: Sequence[Write]
    ) -> Revision:
        known = with_early_edit(self.mall, book, reckoning)
        member_id, today = self.tally.member_id, reckoning.today
        after = known.paid(member_id, reckoning.grant, reckoning.usable_on, today)
        is_worth_counting = not after.is_cancelled
        return Revision(after, reckoning.explanation, counted if is_worth_counting else ())

    def _learn(self, refused: WriteRefused) -> None:
        campaigns = self.scene.campaigns if self.scene else ()
        if self.tally.learns(refused, campaigns):
            raise _LessRoom from refused

    def _credit(self, reckoning: Reckoning, why: Circumstances) -> list[Write]:
        points, lot = reckoning.grant.points, reckoning.grant.lot
        member_id, order_id = self.tally.member_id, self.paid.purchase.order_id
        unread = Account(member_id)
        if not points:
            return [_entry(self.key, unread, Posting(Kind.EARN), why)]
        if reckoning.usable_on is None:
            posting = Posting(Kind.EARN, lots={lot: points})
            return [_entry(self.key, unread, posting, why), CreditLot(member_id, lot, points)]
        waiting = PendingPoints(member_id, self.source, order_id, points, reckoning.usable_on, lot)
        posting = Posting(Kind.EARN, pending=points)
        return [
            _entry(self.key, unread, posting, why),
            CreditPending(member_id, points),
            OpenPending(waiting),
        ]


def _entry(key: EntryKey, account: Account, posting: Posting, why: Circumstances) -> AddEntry:
    (entry,) = entries_of(key, account, [posting], why)
    return AddEntry(entry)
