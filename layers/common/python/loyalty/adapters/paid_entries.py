"""What a shop's order is worth while its ``paid`` entry is all that is known of it."""

from datetime import date, datetime
from decimal import Decimal

from loyalty.domain.entry import Entry
from loyalty.domain.order_book import Grant, OrderBook


def book_of_paid_entry(source: str, order_id: str, entry: Entry) -> OrderBook:
    """Return the order's book as its payment made it: no row of its own yet, so version 0."""
    facts = entry.explanation
    usable_on = facts.get("usable_on")
    return OrderBook(
        source=source,
        order_id=order_id,
        member_id=entry.member_id,
        grant=Grant(
            points=int(str(facts["points"])),
            base=Decimal(str(facts["base"])),
            lot=date.fromisoformat(str(facts["lot"])),
            as_of=datetime.fromisoformat(str(facts["as_of"])),
        ),
        is_paid=True,
        usable_on=date.fromisoformat(str(usable_on)) if usable_on else None,
    )
