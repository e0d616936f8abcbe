"""Keys of items, stock and codes."""

from loyalty.adapters.dynamodb.keys.rows import Key, key_of

CODES_KNOWN, CODES_FREE = "known#", "free#"
ROSTER = "items"
CHANGES = "changes"


def item_key(item_id: str) -> Key:
    """An item."""
    return key_of(f"item#{item_id}", "item")


def stock_key(item_id: str) -> Key:
    """An item's stock."""
    return key_of(f"item#{item_id}", "stock")


def roster_key(listed_at: str, item_id: str) -> Key:
    """An item's line in the list of all items."""
    return key_of(ROSTER, f"{listed_at}#{item_id}")


def change_key(changed_at: str, item_id: str) -> Key:
    """That an item was made or changed."""
    return key_of(CHANGES, f"{changed_at}#{item_id}")


def known_code_key(item_id: str, digest: str) -> Key:
    """That a code was imported, once and for ever."""
    return key_of(f"codes#{item_id}", f"{CODES_KNOWN}{digest}")


def free_code_key(item_id: str, digest: str) -> Key:
    """A code in the pool."""
    return key_of(f"codes#{item_id}", f"{CODES_FREE}{digest}")


def claimed_code_key(redemption_id: str, digest: str) -> Key:
    """A code that a redemption has claimed."""
    return key_of(f"code#{redemption_id}", digest)
