from datetime import date, timedelta

import pytest

from contract.rows import LATER, NOW, book, entry, fenced
from loyalty.domain.account import Account
from loyalty.domain.claw_back import LapsedLot
from loyalty.domain.entry import Entry
from loyalty.domain.pending import PendingPoints
from loyalty.domain.writes import AddEntry, CountLapsed, CreditLot, OpenPending, SaveBook
from loyalty.ports import Stretch
from support.stored import Stored


def accounts(mall: Stored, of: int, limit: int) -> list[Account]:
    found: list[Account] = []
    for segment in range(of):
        rest: Stretch | None = Stretch(segment, of)
        while rest:
            page = mall.accounts.every(rest, limit)
            assert len(page.items) <= limit
            found += page.items
            rest = Stretch(segment, of, page.next_position) if page.next_position else None
    return found


def entries(mall: Stored, of: int, limit: int, **span: object) -> list[Entry]:
    found: list[Entry] = []
    for segment in range(of):
        rest: Stretch | None = Stretch(segment, of)
        while rest:
            page = mall.ledger.every(rest, limit, **span)  # type: ignore[arg-type] # instants
            assert len(page.items) <= limit
            found += page.items
            rest = Stretch(segment, of, page.next_position) if page.next_position else None
    return found


@pytest.mark.parametrize("of", [1, 3])
def test_every_account_is_told_once_and_nothing_beside_them(mall: Stored, of: int) -> None:
    for number in range(9):
        mall.store.commit(fenced(CreditLot(f"m{number}", LATER, number + 1), fact=str(number)))
    waits = PendingPoints("m1", "standard", "A1", 5, date(2026, 12, 1), LATER)
    mall.store.commit([OpenPending(waits)])
    found = accounts(mall, of, 2)
    assert {one.member_id: one.lots for one in found} == {
        f"m{number}": {LATER: number + 1} for number in range(9)
    }
    assert len(found) == 9


@pytest.mark.parametrize("of", [1, 3])
def test_every_entry_is_told_once_and_nothing_beside_them(mall: Stored, of: int) -> None:
    rows = [entry("paid", partition=f"order:standard:A{n}", minutes=n) for n in range(9)]
    for row in rows:
        mall.store.commit([AddEntry(row)])
    mall.store.commit([SaveBook(book(), is_tombstone=False)])
    mall.store.commit([SaveBook(book(order_id="A99", is_paid=False), is_tombstone=True)])
    mall.store.commit([CountLapsed(LapsedLot("lin", LATER, 5, 5, 1))])
    found = entries(mall, of, 2)
    assert sorted(found, key=lambda one: one.recorded_at) == rows


def test_entries_of_a_span_are_told_without_its_end(mall: Stored) -> None:
    rows = [entry("paid", partition=f"order:standard:A{n}", minutes=n) for n in range(4)]
    for row in rows:
        mall.store.commit([AddEntry(row)])
    minute = timedelta(minutes=1)
    found = entries(mall, 1, 100, since=NOW + minute, until=NOW + 3 * minute)
    assert sorted(found, key=lambda one: one.recorded_at) == rows[1:3]
