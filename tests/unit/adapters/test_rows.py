"""What rows are made of: facts that indexes, streams and other versions of the code rely on."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

from loyalty.adapters.dynamodb.account_rows import account_attributes, account_of
from loyalty.adapters.dynamodb.items import number, stamp, text
from loyalty.adapters.dynamodb.keys.accounts import account_key
from loyalty.adapters.dynamodb.keys.rows import key_of
from loyalty.adapters.dynamodb.keys.shards import every_shard, shard_of
from loyalty.adapters.dynamodb.ledger_rows import (
    book_item,
    entry_item,
    entry_of,
    lapsed_lot_item,
    paid_of,
)
from loyalty.adapters.dynamodb.member_rows import contact_items, member_item, member_of
from loyalty.adapters.dynamodb.order_rows import redemption_item, redemption_of
from loyalty.domain.account import Account
from loyalty.domain.claw_back import LapsedLot
from loyalty.domain.entry import EntryKey
from loyalty.domain.member import Member
from loyalty.domain.order_book import OrderBook
from loyalty.domain.redemption import Status
from support.happenings import LOT, NOW, entry, redemption

NEVER = date(2099, 12, 31)
OF_A_STATEMENT = {"member_id", "recorded_at"}


def test_an_account_is_the_item_that_the_ledgers_design_shows() -> None:
    account = Account("lin", {date(2026, 12, 31): 3, NEVER: 7}, held=2, debt=0, version=9)
    assert account_attributes(account) == {
        "lot#261231": {"N": "3"},
        "lot#991231": {"N": "7"},
        "held": {"N": "2"},
        "next_expiry": {"S": "2026-12-31"},
        "expiry_shard": {"S": shard_of("lin")},
    }


def test_points_that_never_expire_come_back_as_such() -> None:
    row = {**account_key("lin"), "lot#991231": number(7), "version": number(1)}
    assert account_of(row).lots == {NEVER: 7}


def test_an_account_without_lots_stands_in_no_index() -> None:
    assert account_attributes(Account("lin", pending=5, debt=1)) == {
        "pending": {"N": "5"},
        "debt": {"N": "1"},
    }


def test_a_members_shard_is_one_of_sixteen_and_never_changes() -> None:
    shards = {shard_of(f"member-{n}") for n in range(1_000)}
    assert shards == set(every_shard())
    assert (shard_of("lin"), len(every_shard())) == ("07", 16)


def test_stamps_sort_like_the_instants() -> None:
    base = datetime(2026, 11, 21, 4, tzinfo=UTC)
    instants = [base, base + timedelta(microseconds=1), base + timedelta(seconds=1)]
    assert sorted(map(stamp, instants)) == [stamp(instant) for instant in instants]


def test_stamps_are_utc_wherever_the_instant_was_told() -> None:
    shanghai = timezone(timedelta(hours=8))
    assert stamp(datetime(2026, 11, 21, 12, tzinfo=shanghai)) == "2026-11-21T04:00:00.000000Z"


def test_only_entries_stand_in_statements() -> None:
    book = OrderBook("standard", "A1", member_id="lin", refunded=Decimal(1), version=1)
    others = [
        book_item(book, is_tombstone=True),
        book_item(book, is_tombstone=False),
        lapsed_lot_item(LapsedLot("lin", LOT, 5, 5, 1)),
    ]
    assert entry_item(entry()).keys() >= OF_A_STATEMENT
    assert not any(row.keys() & OF_A_STATEMENT for row in others)
    assert not entry_item(entry(member_id=None)).keys() >= OF_A_STATEMENT


def test_an_entry_and_a_tombstone_are_told_apart_under_one_key() -> None:
    paid = entry(key=EntryKey("order:standard:A1", "paid"))
    early = OrderBook("standard", "A1", refunded=Decimal(1), version=1)
    tombstone = book_item(early, is_tombstone=True)
    assert {name: tombstone[name] for name in ("pk", "sk")} == key_of("order:standard:A1", "paid")
    assert (paid_of(entry_item(paid)), paid_of(tombstone)) == (paid, early)


def test_a_row_written_by_newer_code_is_read_by_older_code() -> None:
    row = {**entry_item(entry()), "hash_of_the_one_before": text("0" * 64)}
    assert entry_of(row) == entry()
    changed = redemption(Status.CONFIRMED)
    assert redemption_of({**redemption_item(changed), "rating": number(5)}) == changed


def test_a_redemption_waits_in_a_queue_only_while_somebody_has_to_act() -> None:
    confirmed = redemption_item(redemption(Status.CONFIRMED))
    assert (confirmed["queue"], confirmed["due_at"]) == ({"S": "shipment"}, {"S": stamp(NOW)})
    shipped = redemption_item(redemption(Status.CONFIRMED, Status.SHIPPED))
    assert not {"queue", "due_at"} & shipped.keys()


def test_a_profile_and_its_contacts_are_rows_of_their_own() -> None:
    member = Member("lin", NOW, email="lin@example.com")
    assert member_of(member_item(member)) == member
    assert "contact" not in member_item(member)
    phone, email = contact_items(member)
    assert "contact" not in phone
    assert email["contact"] == {"S": "lin@example.com"}
    assert contact_items(replace(member, email=None))[1].keys() == {"pk", "sk"}
