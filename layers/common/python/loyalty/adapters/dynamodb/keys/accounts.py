"""Keys of balances, of the ledger, and of orders for points."""

from datetime import date

from loyalty.adapters.dynamodb.keys.rows import Key, key_of
from loyalty.domain.entry import EntryKey, lapse_prefix


def account_key(member_id: str) -> Key:
    """An account."""
    return key_of(f"member#{member_id}", "account")


def pending_key(member_id: str, source: str, order_id: str) -> Key:
    """What of a shop's order waits for the end of its return window."""
    return key_of(f"member#{member_id}", f"pending#{source}#{order_id}")


def entry_key(key: EntryKey) -> Key:
    """An entry; under an order's ``paid`` also the tombstone that early news leaves."""
    return key_of(key.partition, key.fact)


def lapsed_lot_key(member_id: str, lot: date) -> Key:
    """A lapsed lot's count: among the lot's lapses, so that one query reads them all."""
    return key_of(f"member:{member_id}", f"{lapse_prefix(lot)}counted")


def redemption_key(redemption_id: str) -> Key:
    """A redemption."""
    return key_of(f"redemption#{redemption_id}", "order")


def limit_key(member_id: str, item_id: str, period: str) -> Key:
    """The pieces of an item that a member has had in a period."""
    return key_of(f"limit#{member_id}#{item_id}", period)
