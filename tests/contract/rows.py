"""Rows that contract tests write, each complete."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from loyalty.domain.account import Account, Kind
from loyalty.domain.entry import Entry, EntryKey
from loyalty.domain.item import Item, ItemKind, ItemStatus, Stock
from loyalty.domain.order_book import Grant, OrderBook
from loyalty.domain.redemption import Redemption, Review, Status, Step
from loyalty.domain.writes import AddEntry, ChangeAccount, Write
from loyalty.ports import WriteRefused
from support.stored import Stored

NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)
SOON, LATER, NEVER = date(2026, 12, 31), date(2027, 11, 30), date(2099, 12, 31)
GRANT = Grant(100, Decimal("30.50"), LATER, NOW)


def entry(
    fact: str = "paid", *, partition: str = "order:standard:A1", minutes: int = 0, **changes: object
) -> Entry:
    """Return an entry that was recorded some minutes after noon."""
    plain = Entry(
        key=EntryKey(partition, fact),
        member_id="lin",
        kind=Kind.EARN,
        occurred_at=NOW,
        recorded_at=NOW + timedelta(minutes=minutes),
        reason="purchase",
        actor="shop:standard",
        lots={LATER: 100},
        reference="A1",
        programme_version=1,
        explanation={"points": 100, "base": "30.50", "lot": "2027-11-30", "as_of": str(NOW)},
    )
    return replace(plain, **changes)  # type: ignore[arg-type] # names and types are the entry's own


def book(**changes: object) -> OrderBook:
    """Return the state of an order that was paid."""
    paid = OrderBook("standard", "A1", "lin", GRANT, is_paid=True, version=1)
    return replace(paid, **changes)  # type: ignore[arg-type] # names and types are the book's own


def account(mall: Stored, lots: Mapping[date, int], **changes: object) -> Account:
    """Let lin have these lots, and return the account as it then is."""
    seen = mall.accounts.account("lin")
    after = replace(seen, lots=lots, **changes)  # type: ignore[arg-type] # the account's own
    mall.store.commit([ChangeAccount(seen, after)])
    return mall.accounts.account("lin")


def item(item_id: str = "tea", *, minutes: int = 0, **changes: object) -> Item:
    """Return an item that was created some minutes after noon."""
    plain = Item(
        item_id=item_id,
        name={"zh": "龙井茶", "en": "Longjing tea"},
        kind=ItemKind.PHYSICAL,
        category="tea",
        points=1200,
        created_at=NOW + timedelta(minutes=minutes),
        status=ItemStatus.ON_SHELF,
    )
    return replace(plain, **changes)  # type: ignore[arg-type] # names and types are the item's own


def stock(item_id: str = "tea", on_hand: int = 10) -> Stock:
    """Return fresh stock."""
    return Stock(item_id, on_hand)


def redemption(
    redemption_id: str = "rdm_1",
    *,
    status: Status = Status.CONFIRMED,
    minutes: int = 0,
    **more: object,
) -> Redemption:
    """Return a redemption that was submitted some minutes after noon."""
    at = NOW + timedelta(minutes=minutes)
    waits = status is Status.PENDING_REVIEW
    plain = Redemption(
        redemption_id=redemption_id,
        member_id="lin",
        request_digest="d" * 64,
        item_id="tea",
        item_name={"zh": "龙井茶", "en": "Longjing tea"},
        item_kind=ItemKind.PHYSICAL,
        quantity=2,
        points=2400,
        draws={SOON: 400, LATER: 2000},
        status=status,
        created_at=at,
        timeline=(Step(status, at),),
        review=Review(at + timedelta(hours=72), {"points_above": 5000}) if waits else None,
    )
    return replace(plain, **more)  # type: ignore[arg-type] # names and types are the redemption's


def opening(redemption: Redemption) -> Entry:
    """Return the entry that took, or held, a redemption's points."""
    waits = redemption.status is Status.PENDING_REVIEW
    return entry(
        "hold" if waits else "spend",
        partition=redemption.partition,
        member_id=redemption.member_id,
        kind=Kind.HOLD if waits else Kind.SPEND,
        recorded_at=redemption.created_at,
        lots={day: -points for day, points in redemption.draws.items()},
    )


def fenced(*writes: Write, fact: str) -> list[Write]:
    """Return writes with a keyed entry beside them, as arithmetic always travels."""
    return [AddEntry(entry(fact, partition="member:fence")), *writes]


def refusal(mall: Stored, *writes: Write) -> list[tuple[Write, object | None]]:
    """Return what a commit says that is refused."""
    with pytest.raises(WriteRefused) as refused:
        mall.store.commit(writes)
    return list(refused.value.found)
