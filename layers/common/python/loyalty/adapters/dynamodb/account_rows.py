"""Accounts and pending points as rows."""

from collections.abc import Iterable
from datetime import date, datetime
from types import MappingProxyType

from loyalty.adapters.dynamodb.items import (
    Attributes,
    Item,
    day,
    instant,
    number,
    read_number,
    read_text,
    text,
)
from loyalty.adapters.dynamodb.keys.accounts import pending_key
from loyalty.adapters.dynamodb.keys.shards import shard_of
from loyalty.domain.account import Account
from loyalty.domain.pending import PendingPoints
from loyalty.domain.rebuild import StoredAccount

LOT = "lot#"


def lot_name(lot: date) -> str:
    """Return the attribute that holds a lot's points."""
    return f"{LOT}{lot:%y%m%d}"


def account_attributes(account: Account) -> Attributes:
    """Return an account's attributes but for key and version; what is zero is left out."""
    attributes: Attributes = {lot_name(lot): number(n) for lot, n in account.lots.items()}
    counters = {"held": account.held, "pending": account.pending, "debt": account.debt}
    attributes |= {name: number(points) for name, points in counters.items() if points}
    if account.frozen_at is not None:
        attributes["frozen_at"] = instant(account.frozen_at)
    if account.next_expiry is not None:
        # Only an account with lots stands in the index that the daily sweep reads.
        attributes["next_expiry"] = day(account.next_expiry)
        attributes["expiry_shard"] = text(shard_of(account.member_id))
    return attributes


def account_of(item: Item) -> Account:
    """Return the account that a row holds."""
    lots = {_lot_of(name): int(item[name]["N"]) for name in sorted(item) if _is_lot(name)}
    return Account(
        member_id=read_text(item, "pk").removeprefix("member#"),
        lots=MappingProxyType(lots),
        held=read_number(item, "held"),
        pending=read_number(item, "pending"),
        debt=read_number(item, "debt"),
        frozen_at=_instant_of(item, "frozen_at"),
        version=read_number(item, "version"),
    )


def stored_of(member_id: str, rows: Iterable[Item]) -> StoredAccount:
    """Return what an account's rows say, without asking whether that can be."""
    by_key = {read_text(row, "sk"): row for row in rows}
    item = by_key.pop("account", {})
    return StoredAccount(
        member_id,
        lots={_lot_of(name): int(item[name]["N"]) for name in sorted(item) if _is_lot(name)},
        held=read_number(item, "held"),
        pending=read_number(item, "pending"),
        debt=read_number(item, "debt"),
        next_expiry=_day_of(item, "next_expiry"),
        frozen_at=_instant_of(item, "frozen_at"),
        version=read_number(item, "version"),
        waiting=tuple(map(pending_of, by_key.values())),
    )


def pending_item(pending: PendingPoints) -> Attributes:
    """Return the row of an order's pending points."""
    return {
        **pending_key(pending.member_id, pending.source, pending.order_id),
        "remaining": number(pending.remaining),
        "usable_on": day(pending.usable_on),
        "maturing_shard": text(shard_of(pending.member_id)),
        "lot": day(pending.lot),
        "version": number(pending.version),
    }


def pending_of(item: Item) -> PendingPoints:
    """Return the pending points that a row holds."""
    _, source, order_id = read_text(item, "sk").split("#", 2)
    return PendingPoints(
        member_id=read_text(item, "pk").removeprefix("member#"),
        source=source,
        order_id=order_id,
        remaining=read_number(item, "remaining"),
        usable_on=date.fromisoformat(read_text(item, "usable_on")),
        lot=date.fromisoformat(read_text(item, "lot")),
        version=read_number(item, "version"),
    )


def _is_lot(name: str) -> bool:
    return name.startswith(LOT)


def _day_of(item: Item, name: str) -> date | None:
    return date.fromisoformat(read_text(item, name)) if name in item else None


def _instant_of(item: Item, name: str) -> datetime | None:
    return datetime.fromisoformat(read_text(item, name)) if name in item else None


def _lot_of(name: str) -> date:
    digits = name.removeprefix(LOT)
    # Not strptime: it takes the year 99 for 1999, and 991231 is the day of what never expires.
    return date(2000 + int(digits[:2]), int(digits[2:4]), int(digits[4:]))
