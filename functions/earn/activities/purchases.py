"""What follows from a shop's order besides its own points: for who brought or sent the buyer.

Told of any change of an order, in any order and as often as may be, it looks at how the order
stands now, and brings what follows from it in line. The write holds only while the order stands
as it was read; whatever changes it later is told later.
"""

from earn.activities.referring import settle_referral
from earn.activities.sharing import settle_shares
from loyalty.domain.account import Kind
from loyalty.domain.entry import Entry, EntryKey
from loyalty.domain.events import Event, EventName
from loyalty.domain.order_book import OrderBook
from loyalty.domain.referral import BondStatus
from loyalty.ports import Mall

OF_POINTS = frozenset(
    {EventName.POINTS_EARNED, EventName.POINTS_MATURED, EventName.POINTS_CLAWED_BACK}
)
ABOUT_ORDERS = frozenset(
    {"purchase", "order-updated", "return-window-ended", "refund", "order-cancelled"}
)
"""Reasons of the entries that may change whether a purchase is a real one."""


NEWEST_ORDERS = 100
"""Orders of a friend that are looked at when the one that had earned the reward falls."""


def settle_order(mall: Mall, event: Event) -> bool:
    """Bring in line what follows from the order that an event is about; whether anything did.

    Raises:
        Busy: the same event finds what was done.
    """
    if event.name not in OF_POINTS or event.facts["reason"] not in ABOUT_ORDERS:
        return False
    source = str(event.facts["entry_id"]).split(":")[1]
    order = OrderBook(source, str(event.facts["reference"]))
    paid = mall.ledger.entry(EntryKey(order.partition, "paid"))
    if paid is None or paid.member_id is None:
        return False
    settled = [
        settle_shares(mall, source, order.order_id, paid),
        settle_referral(mall, source, order.order_id, paid),
    ]
    if event.name is EventName.POINTS_CLAWED_BACK:
        settled.append(_settle_another(mall, paid.member_id))
    return any(settled)


def _settle_another(mall: Mall, friend_id: str) -> bool:
    """Reward a friend's other purchase, whose own news came while the fallen one counted."""
    bond = mall.activities.bond(friend_id)
    if bond is None or bond.status is not BondStatus.WAITING:
        return False
    since = mall.ledger.statement(friend_id, kind=Kind.EARN, since=bond.since, limit=NEWEST_ORDERS)
    orders = [entry for entry in reversed(since.items) if entry.key.fact == "paid"]
    return any(settle_referral(mall, *_order_of(paid), paid) for paid in orders)


def _order_of(paid: Entry) -> tuple[str, str]:
    _, source, order_id = paid.key.partition.split(":", 2)
    return source, order_id
