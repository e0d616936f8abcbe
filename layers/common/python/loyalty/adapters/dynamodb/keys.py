"""The keys of all rows. A key is a fact: what it names happens, or exists, once."""

from datetime import date
from typing import TYPE_CHECKING, TypeAlias
from zlib import crc32

from loyalty.domain.entry import EntryKey, lapse_prefix

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

Key: TypeAlias = dict[str, "AttributeValueTypeDef"]

SHARDS = 16
"""Partitions of the sparse indexes that sweeps read, so that no date makes one of them hot."""

CODES_KNOWN, CODES_FREE = "known#", "free#"
ROSTER = "items"
CHANGES = "changes"
IMPORTED_LINE = "line#"
PACKET_CLAIM = "claim#"


def key_of(pk: str, sk: str) -> Key:
    """Return a row's key."""
    return {"pk": {"S": pk}, "sk": {"S": sk}}


REMINDERS_RUN = key_of("sweep#reminders", "run")


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


def tier_count_key(member_id: str) -> Key:
    """What a member climbs by, counted by months."""
    return key_of(f"member#{member_id}", "tier")


def tier_step_key(member_id: str, fact: str) -> Key:
    """A member's step from one tier to another, or a warning of one."""
    return key_of(f"member#{member_id}", f"tier-step#{fact}")


def counted_key(fact: str) -> Key:
    """What a purchase, or a task, counts towards its member's tier."""
    return key_of(f"counted#{fact}", "counted")


def adjustment_key(adjustment_id: str) -> Key:
    """An adjustment that waits, or waited, for a reviewer."""
    return key_of(f"adjustment#{adjustment_id}", "adjustment")


def adjustment_line_key(status: str, requested_at: str, adjustment_id: str) -> Key:
    """An adjustment's line in the list of its status."""
    return key_of(f"adjustments#{status}", f"{requested_at}#{adjustment_id}")


def check_ins_key(member_id: str) -> Key:
    """The days that a member came."""
    return key_of(f"member#{member_id}", "check-ins")


def task_key(member_id: str, task_id: str) -> Key:
    """How often a member has done a task."""
    return key_of(f"member#{member_id}", f"task#{task_id}")


def request_key(request_id: str) -> Key:
    """What was asked for under a key."""
    return key_of(f"request#{request_id}", "request")


def referral_code_key(code: str) -> Key:
    """Whose code this is."""
    return key_of(f"referral#{code}", "owner")


def referrer_key(member_id: str) -> Key:
    """A member's own code, and what it has earned."""
    return key_of(f"member#{member_id}", "referrer")


def bond_key(friend_id: str) -> Key:
    """Who brought a member."""
    return key_of(f"member#{friend_id}", "brought-by")


def friend_key(referrer_id: str, since: str, friend_id: str) -> Key:
    """A friend's line in the list of whom a member has brought."""
    return key_of(f"member#{referrer_id}", f"friend#{since}#{friend_id}")


def import_key(import_id: str) -> Key:
    """An import of balances."""
    return key_of(f"import#{import_id}", "import")


def imported_line_key(import_id: str, number: int) -> Key:
    """A line of an import; keys sort like lines."""
    return key_of(f"import#{import_id}", f"{IMPORTED_LINE}{number:09d}")


def reminder_key(member_id: str, lot: date, lead: str) -> Key:
    """That a member was told of a lot; keys sort like lots."""
    return key_of(f"member#{member_id}", f"reminder#{lot}#{lead}")


def packet_key(packet_id: str) -> Key:
    """A red packet."""
    return key_of(f"packet#{packet_id}", "packet")


def packet_claim_key(packet_id: str, member_id: str) -> Key:
    """What a member took of a red packet."""
    return key_of(f"packet#{packet_id}", f"{PACKET_CLAIM}{member_id}")


def packets_of_day_key(member_id: str, day: date) -> Key:
    """How many red packets a member has given on a day."""
    return key_of(f"member#{member_id}", f"packets#{day}")


def trace_key(subject: str) -> Key:
    """What is remembered of a member, a device or an address."""
    return key_of(f"trace#{subject}", "trace")


def anomaly_key(anomaly_id: str) -> Key:
    """A case."""
    return key_of(f"anomaly#{anomaly_id}", "case")


def anomaly_line_key(status: str, found_at: str, anomaly_id: str) -> Key:
    """A case's line in the list of its status."""
    return key_of(f"anomalies#{status}", f"{found_at}#{anomaly_id}")


def audit_key(subject: str, act_id: str) -> Key:
    """An operator's act, among the acts on the same subject."""
    return key_of(f"subject#{subject}", f"act#{act_id}")


def link_of_audit_key(shard: str, number: int) -> Key:
    """The seal of an operator's act."""
    return key_of(f"chain#{shard}", f"{number:012d}")


def anchor_key(day: str) -> Key:
    """A day's heads of the audit's chains."""
    return key_of("anchors", day or "-")


def shard_of(member_id: str) -> str:
    """Return the shard that a member's rows have in the sweeps' indexes, for ever the same."""
    return f"{crc32(member_id.encode()) % SHARDS:02d}"


def every_shard() -> list[str]:
    """Return all shards."""
    return [f"{shard:02d}" for shard in range(SHARDS)]
