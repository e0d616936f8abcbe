"""Use cases of counting: a purchase, or a task, counts once, however often it is told.

What a purchase counts is read from the ledger as it stands, and only the difference to what was
counted of it before is added: so news in any order, twice or at once, end in the same counts.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from loyalty.domain.entry import EntryKey
from loyalty.domain.order_book import OrderBook
from loyalty.domain.programme import Programme
from loyalty.domain.tier_count import ZERO, Counted, month_of
from loyalty.domain.writes import SaveCounted
from loyalty.ports import Mall
from loyalty.posting import until_it_holds
from member.tiers.standing import commit_or_again, consequences


def count_order(mall: Mall, source: str, order_id: str) -> bool:
    """Count a shop's order as it stands; return whether that changed anything.

    Raises:
        Busy: races went on being lost; nothing was done.
    """

    def worth(programme: Programme) -> Counted | None:
        book = mall.ledger.book(source, order_id)
        paid = mall.ledger.entry(EntryKey(book.partition, "paid"))
        if paid is None or paid.member_id is None:
            return None
        return Counted(
            fact=book.partition,
            member_id=paid.member_id,
            month=_month(programme, min(paid.occurred_at, paid.recorded_at)),
            money=_spent(book) * _weight(programme, str(paid.explanation.get("currency", ""))),
            points=Decimal(book.net),
        )

    return _count(mall, worth)


def count_task(
    mall: Mall, member_id: str, entry_id: str, points: int, occurred_at: datetime
) -> bool:
    """Count what a task has earned; return whether that changed anything.

    Raises:
        Busy: races went on being lost; nothing was done.
    """

    def worth(programme: Programme) -> Counted:
        month = _month(programme, occurred_at)
        return Counted(entry_id, member_id, month, points=Decimal(points))

    return _count(mall, worth)


def _count(mall: Mall, worth: Callable[[Programme], Counted | None]) -> bool:
    def attempt(_: object) -> bool:
        programme = mall.programmes.live()
        after = worth(programme) if programme.tiers else None
        if after is None:
            return False
        before = mall.tiers.counted(after.fact)
        after = replace(after, version=before.version + 1)
        if replace(before, version=after.version) == after:
            return False
        now = mall.clock.now()
        count = mall.tiers.count(after.member_id).recounted(before, after, programme.today(now))
        member = mall.members.member(after.member_id)
        commit_or_again(mall, (SaveCounted(after), *consequences(programme, now, member, count)))
        return True

    return until_it_holds(attempt)


def _spent(book: OrderBook) -> Decimal:
    """What the merchant keeps for an order as it stands."""
    if not book.is_paid or book.is_cancelled or book.grant is None:
        return ZERO
    return max(book.grant.base - book.refunded, ZERO)


def _weight(programme: Programme, currency: str) -> Decimal:
    return programme.tiers.currencies.get(currency, ZERO) if programme.tiers else ZERO


def _month(programme: Programme, at: datetime) -> str:
    return month_of(programme.today(at))
