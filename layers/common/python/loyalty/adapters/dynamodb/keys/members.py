"""Keys of members: who they are, what they are told, how their tiers are counted."""

from datetime import date

from loyalty.adapters.dynamodb.keys.rows import Key, key_of

REMINDERS_RUN = key_of("sweep#reminders", "run")


def member_key(member_id: str) -> Key:
    """A profile."""
    return key_of(f"member#{member_id}", "profile")


def contact_key(member_id: str, kind: str) -> Key:
    """A way to reach a member, found through the index of contacts."""
    return key_of(f"member#{member_id}", f"contact#{kind}")


def link_key(source: str, customer_id: str) -> Key:
    """Who a shop's customer is."""
    return key_of(f"customer#{source}#{customer_id}", "link")


def waiting_key(source: str, customer_id: str, order_id: str) -> Key:
    """An order that waits for its customer to be linked."""
    return key_of(f"customer#{source}#{customer_id}", f"waiting#{order_id}")


def message_key(member_id: str, created_at: str, message_id: str) -> Key:
    """A message in an inbox."""
    return key_of(f"member#{member_id}", f"message#{created_at}#{message_id}")


def delivered_key(member_id: str, message_id: str) -> Key:
    """That a message was delivered, whatever time it carries."""
    return key_of(f"member#{member_id}", f"delivered#{message_id}")


def mailed_key(member_id: str, message_id: str) -> Key:
    """That a message goes out by e-mail."""
    return key_of(f"member#{member_id}", f"mailed#{message_id}")


def reminder_key(member_id: str, lot: date, lead: str) -> Key:
    """That a member was told of a lot; keys sort like lots."""
    return key_of(f"member#{member_id}", f"reminder#{lot}#{lead}")


def tier_count_key(member_id: str) -> Key:
    """What a member climbs by, counted by months."""
    return key_of(f"member#{member_id}", "tier")


def tier_step_key(member_id: str, fact: str) -> Key:
    """A member's step from one tier to another, or a warning of one."""
    return key_of(f"member#{member_id}", f"tier-step#{fact}")


def counted_key(fact: str) -> Key:
    """What a purchase, or a task, counts towards its member's tier."""
    return key_of(f"counted#{fact}", "counted")
