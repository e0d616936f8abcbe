"""Books the news of a shop's order on the member's account, exactly once, in any order."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from loyalty.domain import acts
from loyalty.domain.account import Account, Kind, Outcome, Posting, unchanged
from loyalty.domain.claw_back import claw_back
from loyalty.domain.entry import Circumstances, Entry, EntryKey, entries_of
from loyalty.domain.order_book import OrderBook
from loyalty.domain.pending import PendingPoints
from loyalty.domain.programme import Programme
from loyalty.domain.writes import (
    AddEntry,
    ChangePending,
    CountDay,
    CountLapsed,
    CountMember,
    DrawBudget,
    FixBirthday,
    OpenPending,
    ReplaceTombstone,
    SaveBook,
    Write,
)
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import LostRace, account_change, commit, until_it_holds

COUNTERS = DrawBudget | CountMember | CountDay | FixBirthday
"""What bounds points: a refusal of one says that there is less room than was thought."""


@dataclass(frozen=True, slots=True)
class Revision:
    """What news make of an order's book, why, and what is counted in the same transaction."""

    book: OrderBook
    explanation: Mapping[str, object] = field(default_factory=dict)
    counted: Sequence[Write] = ()


@dataclass(frozen=True, slots=True)
class News:
    """One piece of news: its fact in the ledger, and what it makes of the order's book.

    ``booked_at`` also fixes the programme's day, so that one day judges all of it.
    """

    fact: str
    reason: str
    occurred_at: datetime
    booked_at: datetime
    change: Callable[[OrderBook], Revision]


@dataclass(frozen=True, slots=True)
class Booked:
    """What a piece of news did: the change of the member's points, or an earlier booking."""

    entry_id: str | None
    points: int
    is_duplicate: bool = False


def book_news(mall: Mall, source: str, order_id: str, news: News) -> Booked:
    """Book news on the order and the account, again on fresh rows while races are lost.

    Raises:
        Busy: the store asks for patience; the same news finds what was done.
        WriteRefused: what is counted beside it does not hold.
    """
    programme = mall.programmes.live()
    today = programme.today(news.booked_at)

    def attempt(fresh: Account | None) -> Booked:
        before = mall.ledger.book(source, order_id)
        revision = news.change(before)
        after = revision.book
        key = EntryKey(before.partition, news.fact)
        if after == before:
            return _nothing_new(mall, key)
        effect = _effect(mall, programme, today, before, after, fresh)
        why = _circumstances(source, order_id, news, revision, programme)
        booked = _entries(effect, key, why, before, after)
        try:
            commit(mall, [*booked, *effect.writes, *revision.counted])
        except WriteRefused as refused:
            return _earlier(refused, key)
        return Booked(key.entry_id, after.net - before.net)

    return until_it_holds(attempt)


@dataclass(frozen=True, slots=True)
class _Effect:
    account: Account | None
    outcome: Outcome | None
    writes: tuple[Write, ...] = ()


def _effect(
    mall: Mall,
    programme: Programme,
    today: date,
    before: OrderBook,
    after: OrderBook,
    fresh: Account | None,
) -> _Effect:
    """Return what the change of an order's net does to the account and its side rows."""
    delta = after.net - before.net
    if after.member_id is None or after.grant is None or _is_mere_edit(before, after, delta):
        return _Effect(None, None)
    account = fresh or mall.accounts.account(after.member_id)
    row = mall.accounts.pending(after.member_id, after.source, after.order_id)
    if delta > 0 and (row or (after.usable_on and after.usable_on > today)):
        outcome = acts.earn_pending(account, today, delta)
        return _Effect(account, outcome, (_more_pending(row, after, delta),))
    if delta > 0:
        return _Effect(account, acts.earn(account, today, delta, after.grant.lot))
    if delta == 0:
        kind = Kind.EARN if after.is_paid and not before.is_paid else Kind.CLAW_BACK
        return _Effect(account, unchanged(account).then(Posting(kind)))
    lapsed = mall.ledger.lapsed_lot(after.member_id, after.grant.lot)
    outcome, taken = claw_back(
        account,
        today,
        -delta,
        lapsed,
        pending=row.remaining if row else 0,
        policy=programme.claw_back,
    )
    writes: list[Write] = []
    if row and taken.pending:
        writes.append(ChangePending(row, row.remaining - taken.pending))
    if taken.lapsed:
        counted = lapsed.counted + taken.lapsed
        writes.append(CountLapsed(replace(lapsed, counted=counted, version=lapsed.version + 1)))
    return _Effect(account, outcome, tuple(writes))


def _is_mere_edit(before: OrderBook, after: OrderBook, delta: int) -> bool:
    """Whether only the order's version moves on, which is nothing to tell a member."""
    return not delta and before.is_paid and before.refunded == after.refunded


def _more_pending(row: PendingPoints | None, book: OrderBook, points: int) -> Write:
    if row:
        return ChangePending(row, row.remaining + points)
    assert book.member_id and book.grant and book.usable_on, "only a paid order waits"
    return OpenPending(
        PendingPoints(
            book.member_id, book.source, book.order_id, points, book.usable_on, book.grant.lot
        )
    )


def _entries(
    effect: _Effect, key: EntryKey, why: Circumstances, before: OrderBook, after: OrderBook
) -> list[Write]:
    if effect.outcome is None or effect.account is None:
        noted = Entry(
            key=key,
            member_id=None,
            kind=Kind.CLAW_BACK,
            occurred_at=why.occurred_at,
            recorded_at=why.recorded_at,
            reason=why.reason,
            actor=why.actor,
            reference=why.reference,
            programme_version=why.programme_version,
            explanation=why.explanation,
        )
        return [AddEntry(noted), _state(before, after)]
    writes: list[Write] = [*account_change(effect.account, effect.outcome)]
    has_tombstone = before.version > 0 and not before.is_paid
    for entry in entries_of(key, effect.account, effect.outcome.postings, why):
        is_paid_entry = entry.key.fact == "paid"
        writes.append(
            ReplaceTombstone(entry, before.version)
            if is_paid_entry and has_tombstone
            else AddEntry(entry)
        )
    if key.fact != "paid" or has_tombstone:
        writes.append(_state(before, after))
    return writes


def _state(before: OrderBook, after: OrderBook) -> Write:
    """The order's state moves from the tombstone to a row of its own when the order comes."""
    comes = after.is_paid and not before.is_paid
    version = 1 if comes else before.version + 1
    return SaveBook(replace(after, version=version), is_tombstone=not after.is_paid)


def _circumstances(
    source: str, order_id: str, news: News, revision: Revision, programme: Programme
) -> Circumstances:
    return Circumstances(
        occurred_at=news.occurred_at,
        recorded_at=news.booked_at,
        reason=news.reason,
        actor=f"shop:{source}",
        reference=order_id,
        programme_version=programme.version,
        explanation=revision.explanation,
    )


def _nothing_new(mall: Mall, key: EntryKey) -> Booked:
    """Return the booking of news that changes nothing: its own earlier one, or none at all."""
    entry = mall.ledger.entry(key)
    return duplicate_of(entry) if entry else Booked(None, 0)


def _earlier(refused: WriteRefused, key: EntryKey) -> Booked:
    """Return the first booking of this fact; any other refusal but a counter's is a lost race."""
    account: Account | None = None
    for _, found in refused.found:
        if isinstance(found, Entry) and found.key == key:
            return duplicate_of(found)
        if isinstance(found, Account):
            account = found
    if any(isinstance(write, COUNTERS) for write, _ in refused.found):
        raise refused
    raise LostRace(account) from refused


def duplicate_of(entry: Entry) -> Booked:
    """Return what an earlier booking of the same fact did.

    A claw-back also took what had lapsed or was let go, and those moved no points.
    """
    moved = entry.points + entry.pending - entry.debt
    taken_back = entry.explanation.get("taken_back")
    points = moved if taken_back is None else -int(str(taken_back))
    return Booked(entry.key.entry_id, points, is_duplicate=True)
