"""What a record of a table's stream says in the domain's words."""

from collections.abc import Mapping
from typing import Any

from loyalty.adapters.dynamodb.items import Item
from loyalty.adapters.dynamodb.ledger_rows import entry_of
from loyalty.adapters.dynamodb.member_rows import link_of
from loyalty.adapters.dynamodb.order_rows import redemption_of
from loyalty.adapters.dynamodb.reminders import is_reminder, reminder_of
from loyalty.adapters.dynamodb.tiers import is_step, step_of
from loyalty.domain.changes import Change, RedemptionChange


def change_of(record: Mapping[str, Any]) -> Change | None:
    """Return the change that a record tells, or None where it is no news to anybody.

    Rows that count, guard or wait are no news, and neither is what goes away.
    """
    images: Mapping[str, Item] = record["dynamodb"]
    if record["eventName"] == "REMOVE":
        return None
    new, old = images["NewImage"], images.get("OldImage")
    if _is_redemption(new):
        return RedemptionChange(redemption_of(old) if old else None, redemption_of(new))
    if _is_link(new):
        return None if old else link_of(new)
    if is_reminder(new):
        return None if old else reminder_of(new)
    if is_step(new):
        return None if old else step_of(new)
    # An entry may take the place of a tombstone; entries themselves never change.
    return entry_of(new) if _is_entry(new) and not (old and _is_entry(old)) else None


def _is_redemption(row: Item) -> bool:
    return row["pk"]["S"].startswith("redemption#") and row["sk"]["S"] == "order"


def _is_link(row: Item) -> bool:
    return row["pk"]["S"].startswith("customer#") and row["sk"]["S"] == "link"


def _is_entry(row: Item) -> bool:
    return "kind" in row and "recorded_at" in row
