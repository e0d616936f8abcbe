"""Use cases of earning: take a shop's news, and credit what waited for a member to be linked."""

from dataclasses import dataclass, replace

from earn.booking import Booked, News, Revision, book_news
from earn.edited import book_edit
from earn.paid import book_paid
from loyalty.domain.member import WaitingEvent
from loyalty.domain.orders import (
    CustomerRef,
    Ignored,
    OrderCancelled,
    OrderEvent,
    OrderPaid,
    OrderRefunded,
    OrderUpdated,
)
from loyalty.domain.writes import AwaitLink
from loyalty.ports import Mall, WriteRefused


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a shop's news. ``points`` credited or clawed back, never negative."""

    status: str
    entry_id: str | None = None
    points: int = 0
    reason: str | None = None


def take_news(mall: Mall, source: str, event: OrderEvent) -> Receipt:
    """Book one piece of a shop's news, or say why it changes nothing.

    Raises:
        Busy: the store asks for patience; the same delivery finds what was done.
    """
    match event:
        case Ignored(reason):
            return Receipt("ignored", reason=reason)
        case OrderPaid():
            return _take_paid(mall, source, event)
        case OrderUpdated(purchase) if purchase.customer.is_guest:
            return Receipt("ignored", reason="guest-order")
        case OrderUpdated():
            return _receipt(book_edit(mall, source, event))
        case OrderRefunded():
            return _receipt(_book_refund(mall, source, event))
        case OrderCancelled():
            return _receipt(_book_cancel(mall, source, event))


def credit_waiting(mall: Mall, source: str, customer_id: str) -> list[Receipt]:
    """Credit the orders that waited for this customer to be linked, oldest first.

    Raises:
        Busy: the store asks for patience; what was credited is not credited again.
    """
    receipts = []
    for waiting in mall.members.waiting(source, customer_id):
        receipts.append(_take_paid(mall, source, waiting.paid))
        mall.members.done_waiting(waiting)
    return receipts


def _take_paid(mall: Mall, source: str, paid: OrderPaid) -> Receipt:
    customer = paid.purchase.customer
    if customer.is_guest:
        return Receipt("ignored", reason="guest-order")
    member_id = customer.member_id or _linked_member(mall, source, customer)
    if member_id is None:
        if _wait(mall, source, paid):
            return Receipt("waiting_for_member", reason="customer-not-linked")
        # Linked in this very moment: the link stands, so the order can be credited.
        member_id = _linked_member(mall, source, customer)
        assert member_id, "a refused wait means that a link stands"
    booked, reckoning = book_paid(mall, source, member_id, paid)
    receipt = _receipt(booked, "credited")
    says_why = not (booked.points or booked.is_duplicate)
    return replace(receipt, reason=reckoning.worth.reason) if says_why else receipt


def _linked_member(mall: Mall, source: str, customer: CustomerRef) -> str | None:
    link = mall.members.link(source, customer.customer_id) if customer.customer_id else None
    return link.member_id if link else None


def _wait(mall: Mall, source: str, paid: OrderPaid) -> bool:
    """Keep the order until its customer is linked; False if that has just happened."""
    customer_id = paid.purchase.customer.customer_id
    assert customer_id, "guests do not wait"
    waiting = WaitingEvent(
        source=source,
        customer_id=customer_id,
        paid=paid,
        received_at=mall.clock.now(),
    )
    try:
        mall.store.commit([AwaitLink(waiting)])
    except WriteRefused:
        return False
    return True


def _book_refund(mall: Mall, source: str, event: OrderRefunded) -> Booked:
    news = News(
        fact=f"refund:{event.refund_id}",
        reason="refund",
        occurred_at=event.refunded_at,
        booked_at=mall.clock.now(),
        change=lambda book: Revision(
            book.refunded_by(event.amount), {"refunded": str(event.amount)}
        ),
    )
    return book_news(mall, source, event.order_id, news)


def _book_cancel(mall: Mall, source: str, event: OrderCancelled) -> Booked:
    news = News(
        fact="cancel",
        reason="order-cancelled",
        occurred_at=event.cancelled_at,
        booked_at=mall.clock.now(),
        change=lambda book: Revision(book.cancelled()),
    )
    return book_news(mall, source, event.order_id, news)


def _receipt(booked: Booked, if_nothing: str = "noted") -> Receipt:
    if booked.is_duplicate:
        status = "duplicate"
    elif booked.points:
        status = "credited" if booked.points > 0 else "clawed_back"
    else:
        status = if_nothing
    reason = None if booked.entry_id else "nothing-new"
    return Receipt(status, booked.entry_id, abs(booked.points), reason)
