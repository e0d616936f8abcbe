from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from contract.rows import GRANT, LATER, NOW, SOON, book, entry, refusal
from loyalty.domain.account import Kind
from loyalty.domain.claw_back import LapsedLot
from loyalty.domain.entry import Entry, EntryKey, lapse_prefix
from loyalty.domain.order_book import OrderBook
from loyalty.domain.writes import AddEntry, CountLapsed, ReplaceTombstone, SaveBook, Write
from support.stored import Stored

EARLY = OrderBook("standard", "A1", refunded=Decimal("10.00"), version=1)


DAY = timedelta(days=1)


def put(mall: Stored, *entries: Entry) -> None:
    mall.store.commit([AddEntry(each) for each in entries])


def test_an_entry_comes_back_as_it_was_written(mall: Stored) -> None:
    full = entry(
        held=1,
        pending=-2,
        debt=3,
        occurred_at=datetime(2026, 11, 20, 23, 59, 59, 123456, tzinfo=UTC),
        explanation={"rules": [{"sku": "S1", "points": 7}], "is_late": True, "none": None},
    )
    put(mall, full)
    assert mall.ledger.entry(full.key) == full


@pytest.mark.parametrize("kind", Kind)
def test_an_entry_of_any_kind_that_moves_nothing_of_nobody_comes_back(
    mall: Stored, kind: Kind
) -> None:
    bare = entry(kind=kind, member_id=None, lots={}, reference=None, explanation={})
    put(mall, bare)
    assert mall.ledger.entry(bare.key) == bare


def test_a_fact_that_nobody_has_booked_has_no_entry(mall: Stored) -> None:
    assert mall.ledger.entry(EntryKey("order:standard:A1", "paid")) is None


def test_a_fact_is_booked_once_and_the_repetition_is_told_the_first_entry(mall: Stored) -> None:
    put(mall, entry())
    again = AddEntry(entry(member_id="another", minutes=60))
    assert refusal(mall, again) == [(again, entry())]
    assert mall.ledger.entry(entry().key) == entry()


def test_an_order_that_nobody_has_heard_of_has_an_empty_book(mall: Stored) -> None:
    assert mall.ledger.book("standard", "A1") == OrderBook("standard", "A1")


def test_the_book_of_a_paid_order_is_what_its_entry_recorded(mall: Stored) -> None:
    why = {"points": 118, "base": "30.50", "lot": "2027-11-30", "as_of": NOW.isoformat()}
    put(mall, entry(explanation=why), entry("unrelated"))
    granted = replace(GRANT, points=118)
    assert mall.ledger.book("standard", "A1") == OrderBook(
        "standard", "A1", "lin", granted, is_paid=True
    )


def test_the_book_of_a_paid_order_knows_when_its_points_become_usable(mall: Stored) -> None:
    put(mall, entry(explanation={**entry().explanation, "usable_on": "2026-12-05"}))
    assert mall.ledger.book("standard", "A1").usable_on == date(2026, 12, 5)


def test_a_state_stands_before_the_entry(mall: Stored) -> None:
    refunded = book(refunded=Decimal("10.10"), is_cancelled=True, usable_on=SOON)
    put(mall, entry(), entry("refund:r1"))
    mall.store.commit([AddEntry(entry("cancel")), SaveBook(refunded, is_tombstone=False)])
    assert mall.ledger.book("standard", "A1") == refunded


def test_two_refunds_at_once_cannot_act_on_the_same_state(mall: Stored) -> None:
    put(mall, entry())
    mall.store.commit([SaveBook(book(refunded=Decimal(1)), is_tombstone=False)])
    late = SaveBook(book(refunded=Decimal(2)), is_tombstone=False)
    assert refusal(mall, late) == [(late, book(refunded=Decimal(1)))]
    second = book(refunded=Decimal(3), version=2)
    mall.store.commit([SaveBook(second, is_tombstone=False)])
    third = SaveBook(replace(second, version=2), is_tombstone=False)
    assert refusal(mall, third) == [(third, second)]
    assert mall.ledger.book("standard", "A1") == second


def test_a_state_that_does_not_exist_cannot_be_changed(mall: Stored) -> None:
    change = SaveBook(book(version=2), is_tombstone=False)
    assert refusal(mall, change) == [(change, None)]


def test_a_refund_before_its_order_is_remembered_and_is_no_entry(mall: Stored) -> None:
    mall.store.commit([SaveBook(EARLY, is_tombstone=True)])
    assert mall.ledger.book("standard", "A1") == EARLY
    assert mall.ledger.entry(entry().key) is None


def test_a_second_refund_before_the_order_adds_to_the_first(mall: Stored) -> None:
    mall.store.commit([SaveBook(EARLY, is_tombstone=True)])
    both = replace(EARLY, refunded=Decimal(20), version=2)
    mall.store.commit([SaveBook(both, is_tombstone=True)])
    assert mall.ledger.book("standard", "A1") == both
    late = SaveBook(replace(EARLY, refunded=Decimal(15), version=2), is_tombstone=True)
    assert refusal(mall, late) == [(late, both)]


def test_an_order_finds_the_refund_that_came_before_it(mall: Stored) -> None:
    mall.store.commit([SaveBook(EARLY, is_tombstone=True)])
    paid = AddEntry(entry())
    assert refusal(mall, paid) == [(paid, EARLY)]


def test_the_order_takes_the_place_of_the_tombstone_that_it_has_seen(mall: Stored) -> None:
    mall.store.commit([SaveBook(EARLY, is_tombstone=True)])
    state = book(refunded=Decimal(10))
    comes = ReplaceTombstone(entry(), seen_version=1)
    mall.store.commit([comes, SaveBook(state, is_tombstone=False)])
    assert mall.ledger.entry(entry().key) == entry()
    assert mall.ledger.book("standard", "A1") == state


def test_the_order_does_not_take_the_place_of_a_newer_tombstone(mall: Stored) -> None:
    mall.store.commit([SaveBook(EARLY, is_tombstone=True)])
    newer = replace(EARLY, refunded=Decimal(20), version=2)
    mall.store.commit([SaveBook(newer, is_tombstone=True)])
    paid = ReplaceTombstone(entry(), seen_version=1)
    assert refusal(mall, paid) == [(paid, newer)]


def test_an_entry_is_never_taken_for_a_tombstone(mall: Stored) -> None:
    put(mall, entry())
    writes: list[Write] = [
        ReplaceTombstone(entry(minutes=1), seen_version=1),
        SaveBook(EARLY, is_tombstone=True),
        SaveBook(replace(EARLY, version=2), is_tombstone=True),
    ]
    for write in writes:
        assert refusal(mall, write) == [(write, entry())]
    assert mall.ledger.entry(entry().key) == entry()


def test_a_tombstone_that_is_gone_cannot_be_replaced(mall: Stored) -> None:
    paid = ReplaceTombstone(entry(), seen_version=1)
    assert refusal(mall, paid) == [(paid, None)]


def lapse(lot: date, points: int, seen: int) -> Entry:
    return entry(
        f"{lapse_prefix(lot)}{seen}:0",
        partition="member:lin",
        kind=Kind.LAPSE,
        lots={lot: -points},
        minutes=seen,
    )


def test_nothing_has_lapsed_in_a_lot_at_first(mall: Stored) -> None:
    assert mall.ledger.lapsed_lot("lin", SOON) == LapsedLot("lin", SOON)


def test_what_lapsed_in_a_lot_is_the_sum_of_its_lapses(mall: Stored) -> None:
    put(mall, lapse(SOON, 100, 7), lapse(SOON, 18, 9), lapse(LATER, 1000, 12))
    assert mall.ledger.lapsed_lot("lin", SOON) == LapsedLot("lin", SOON, lapsed=118)


def test_what_was_counted_of_a_lapsed_lot_is_counted_once(mall: Stored) -> None:
    put(mall, lapse(SOON, 100, 7))
    counted = LapsedLot("lin", SOON, lapsed=100, counted=60, version=1)
    mall.store.commit([CountLapsed(counted)])
    assert mall.ledger.lapsed_lot("lin", SOON) == counted
    late = CountLapsed(replace(counted, counted=100))
    assert refusal(mall, late) == [(late, counted)]
    put(mall, lapse(SOON, 18, 9))
    mall.store.commit([CountLapsed(replace(counted, lapsed=118, counted=118, version=2))])
    assert mall.ledger.lapsed_lot("lin", SOON).uncounted == 0


def test_a_lot_that_lapses_on_has_more_to_count(mall: Stored) -> None:
    put(mall, lapse(SOON, 100, 7))
    mall.store.commit([CountLapsed(LapsedLot("lin", SOON, lapsed=100, counted=100, version=1))])
    put(mall, lapse(SOON, 18, 9))
    stands = LapsedLot("lin", SOON, lapsed=118, counted=100, version=1)
    assert mall.ledger.lapsed_lot("lin", SOON) == stands


def test_a_statement_is_the_members_entries_newest_first(mall: Stored) -> None:
    entries = [entry(f"refund:{n}", minutes=n) for n in range(5)]
    put(mall, *entries, entry("refund:x", member_id="wang"), entry("refund:y", member_id=None))
    assert list(mall.ledger.statement("lin").items) == entries[::-1]


def test_entries_a_microsecond_apart_keep_their_order_in_a_statement(mall: Stored) -> None:
    entries = [entry(f"refund:{n}", recorded_at=NOW + timedelta(microseconds=n)) for n in (0, 1, 2)]
    put(mall, *entries)
    assert list(mall.ledger.statement("lin").items) == entries[::-1]


def test_a_statement_comes_in_parts_and_the_last_one_says_so(mall: Stored) -> None:
    entries = [entry(f"refund:{n}", minutes=n) for n in range(6)]
    put(mall, *entries)
    first = mall.ledger.statement("lin", limit=2)
    second = mall.ledger.statement("lin", limit=2, position=first.next_position)
    third = mall.ledger.statement("lin", limit=2, position=second.next_position)
    shown = [*first.items, *second.items, *third.items]
    assert shown == entries[::-1]
    assert third.next_position is None


def test_a_statement_of_one_kind_comes_in_parts_too(mall: Stored) -> None:
    spent = [entry(f"spend:{n}", kind=Kind.SPEND, minutes=2 * n) for n in range(3)]
    earned = [entry(f"earn:{n}", minutes=2 * n + 1) for n in range(3)]
    put(mall, *spent, *earned)
    first = mall.ledger.statement("lin", kind=Kind.SPEND, limit=2)
    second = mall.ledger.statement("lin", kind=Kind.SPEND, limit=2, position=first.next_position)
    assert [*first.items, *second.items] == spent[::-1]
    assert second.next_position is None


def test_a_statement_of_a_time_begins_with_its_beginning_and_ends_before_its_end(
    mall: Stored,
) -> None:
    entries = [entry(f"refund:{n}", minutes=n) for n in range(5)]
    put(mall, *entries)
    since, until = entries[1].recorded_at, entries[3].recorded_at
    between = mall.ledger.statement("lin", since=since, until=until)
    assert list(between.items) == [entries[2], entries[1]]
    assert list(mall.ledger.statement("lin", since=since).items) == entries[:0:-1]
    assert list(mall.ledger.statement("lin", until=until).items) == entries[2::-1]


def test_a_statement_of_no_time_is_empty(mall: Stored) -> None:
    put(mall, entry())
    assert list(mall.ledger.statement("lin", since=NOW, until=NOW).items) == []
    backwards = mall.ledger.statement("lin", since=NOW + timedelta(days=1), until=NOW)
    assert list(backwards.items) == []


def test_paid_orders_of_a_span_are_found_part_by_part_and_nothing_else(mall: Stored) -> None:
    put(
        mall,
        *(entry(partition=f"order:standard:A{n}", recorded_at=NOW + n * DAY) for n in range(5)),
    )
    put(mall, entry("refund:R1", partition="order:standard:A1", recorded_at=NOW + DAY))
    mall.store.commit([SaveBook(book(order_id="A9", version=1), is_tombstone=True)])

    found: list[Entry] = []
    page = mall.ledger.paid_orders(NOW + DAY, NOW + 4 * DAY, limit=2)
    found += page.items
    while page.next_position is not None:
        page = mall.ledger.paid_orders(
            NOW + DAY, NOW + 4 * DAY, limit=2, position=page.next_position
        )
        found += page.items

    assert sorted(it.key.partition for it in found) == [f"order:standard:A{n}" for n in (1, 2, 3)]
    assert {it.key.fact for it in found} == {"paid"}
    assert found[0] == mall.ledger.entry(found[0].key)
