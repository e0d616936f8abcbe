from dataclasses import replace
from datetime import date, timedelta

from contract.rows import LATER, NEVER, NOW, SOON, account, fenced, refusal
from loyalty.domain.account import Account
from loyalty.domain.pending import PendingPoints
from loyalty.domain.rebuild import StoredAccount
from loyalty.domain.writes import (
    ChangeAccount,
    ChangePending,
    CreditLot,
    CreditPending,
    OpenPending,
    RestoreAccount,
)
from loyalty.ports import Stretch
from support.stored import Stored

USABLE = date(2026, 12, 5)
WAITING = PendingPoints("lin", "shopify", "#1001", 118, USABLE, LATER)


def test_an_account_that_nothing_was_written_to_is_empty(mall: Stored) -> None:
    assert mall.accounts.account("nobody") == Account("nobody")


def test_the_first_credit_opens_the_account(mall: Stored) -> None:
    mall.store.commit(fenced(CreditLot("lin", LATER, 37), fact="1"))
    assert mall.accounts.account("lin") == Account("lin", {LATER: 37}, version=1)


def test_credits_to_one_lot_add_up(mall: Stored) -> None:
    mall.store.commit(fenced(CreditLot("lin", LATER, 37), fact="1"))
    mall.store.commit(fenced(CreditLot("lin", LATER, 5), fact="2"))
    assert mall.accounts.account("lin") == Account("lin", {LATER: 42}, version=2)


def test_a_credit_to_a_later_lot_leaves_the_earliest_one_the_next_to_expire(mall: Stored) -> None:
    mall.store.commit(fenced(CreditLot("lin", SOON, 1), fact="1"))
    mall.store.commit(fenced(CreditLot("lin", LATER, 2), fact="2"))
    assert mall.accounts.account("lin").next_expiry == SOON
    assert list(mall.accounts.due_to_lapse(SOON + timedelta(days=1))) == ["lin"]


def test_a_credit_unread_is_refused_before_an_earlier_lot_and_tells_the_account(
    mall: Stored,
) -> None:
    stands = account(mall, {LATER: 5})
    credit = CreditLot("lin", SOON, 1)
    assert refusal(mall, *fenced(credit, fact="1")) == [(credit, stands)]


def test_a_credit_unread_is_refused_while_there_is_a_debt(mall: Stored) -> None:
    stands = account(mall, {}, debt=7)
    credit = CreditLot("lin", LATER, 1)
    assert refusal(mall, *fenced(credit, fact="1")) == [(credit, stands)]


def test_a_frozen_account_goes_on_earning(mall: Stored) -> None:
    account(mall, {}, frozen_at=NOW)
    mall.store.commit(fenced(CreditLot("lin", LATER, 1), fact="1"))
    assert mall.accounts.account("lin") == Account("lin", {LATER: 1}, frozen_at=NOW, version=2)


def test_pending_points_are_credited_whatever_the_account_holds(mall: Stored) -> None:
    account(mall, {}, debt=7)
    mall.store.commit(fenced(CreditPending("lin", 50), fact="1"))
    mall.store.commit(fenced(CreditPending("lin", 5), fact="2"))
    assert mall.accounts.account("lin") == Account("lin", pending=55, debt=7, version=3)


def test_an_account_comes_back_as_it_was_written(mall: Stored) -> None:
    lots = {SOON: 1, LATER: 2, NEVER: 3}
    stands = account(mall, lots, held=4, pending=5, frozen_at=NOW)
    assert stands == Account("lin", lots, held=4, pending=5, frozen_at=NOW, version=1)
    assert list(stands.lots) == sorted(lots)


def test_what_an_account_no_longer_has_is_gone(mall: Stored) -> None:
    before = account(mall, {SOON: 1, LATER: 2}, held=4, pending=5, frozen_at=NOW)
    mall.store.commit([ChangeAccount(before, Account("lin", {LATER: 3}))])
    assert mall.accounts.account("lin") == Account("lin", {LATER: 3}, version=2)


def test_a_change_of_an_account_that_was_changed_since_is_refused(mall: Stored) -> None:
    seen = account(mall, {LATER: 5})
    stands = account(mall, {LATER: 6})
    change = ChangeAccount(seen, replace(seen, held=5, lots={}))
    assert refusal(mall, change) == [(change, stands)]
    assert mall.accounts.account("lin") == stands


def test_an_account_thought_to_be_empty_cannot_be_written_over(mall: Stored) -> None:
    stands = account(mall, {LATER: 5})
    change = ChangeAccount(Account("lin"), Account("lin", {LATER: 1}))
    assert refusal(mall, change) == [(change, stands)]


def test_a_change_of_an_account_that_does_not_exist_any_more_tells_that_nothing_is_there(
    mall: Stored,
) -> None:
    change = ChangeAccount(Account("lin", version=3), Account("lin", {LATER: 1}, version=3))
    assert refusal(mall, change) == [(change, None)]


def test_only_accounts_with_a_lot_that_has_passed_are_due(mall: Stored) -> None:
    account(mall, {SOON: 1, LATER: 2})
    assert list(mall.accounts.due_to_lapse(SOON)) == []
    assert list(mall.accounts.due_to_lapse(SOON + timedelta(days=1))) == ["lin"]


def test_an_account_without_lots_is_never_due(mall: Stored) -> None:
    before = account(mall, {SOON: 1})
    mall.store.commit([ChangeAccount(before, replace(before, lots={}, held=1))])
    assert list(mall.accounts.due_to_lapse(NEVER)) == []


def test_an_account_whose_first_lot_was_spent_is_due_with_its_next_one(mall: Stored) -> None:
    before = account(mall, {SOON: 1, LATER: 2})
    mall.store.commit([ChangeAccount(before, replace(before, lots={LATER: 2}))])
    assert list(mall.accounts.due_to_lapse(LATER)) == []
    assert list(mall.accounts.due_to_lapse(NEVER)) == ["lin"]


def test_every_member_who_is_due_is_found_once(mall: Stored) -> None:
    members = {f"member-{n}" for n in range(40)}
    for member_id in members:
        mall.store.commit(fenced(CreditLot(member_id, SOON, 1), fact=member_id))
    found = list(mall.accounts.due_to_lapse(LATER))
    assert len(found) == 40
    assert set(found) == members


def test_pending_points_come_back_as_they_were_written(mall: Stored) -> None:
    assert mall.accounts.pending("lin", "shopify", "#1001") is None
    mall.store.commit([OpenPending(WAITING)])
    assert mall.accounts.pending("lin", "shopify", "#1001") == WAITING


def test_an_order_waits_once(mall: Stored) -> None:
    mall.store.commit([OpenPending(WAITING)])
    again = OpenPending(replace(WAITING, remaining=7))
    assert refusal(mall, again) == [(again, WAITING)]


def test_what_an_order_waits_for_can_shrink_and_grow(mall: Stored) -> None:
    mall.store.commit([OpenPending(WAITING)])
    mall.store.commit([ChangePending(WAITING, 100)])
    assert mall.accounts.pending("lin", "shopify", "#1001") == replace(
        WAITING, remaining=100, version=2
    )


def test_an_order_that_waits_for_nothing_more_is_forgotten(mall: Stored) -> None:
    mall.store.commit([OpenPending(WAITING)])
    mall.store.commit([ChangePending(WAITING, 0)])
    assert mall.accounts.pending("lin", "shopify", "#1001") is None
    assert list(mall.accounts.due_to_mature(NEVER)) == []


def test_a_pending_row_is_resolved_once(mall: Stored) -> None:
    mall.store.commit([OpenPending(WAITING)])
    mall.store.commit([ChangePending(WAITING, 0)])
    again = ChangePending(WAITING, 0)
    assert refusal(mall, again) == [(again, None)]


def test_a_pending_row_that_was_changed_since_tells_how_it_stands(mall: Stored) -> None:
    mall.store.commit([OpenPending(WAITING)])
    mall.store.commit([ChangePending(WAITING, 100)])
    for remaining in (0, 50):
        again = ChangePending(WAITING, remaining)
        stands = replace(WAITING, remaining=100, version=2)
        assert refusal(mall, again) == [(again, stands)]


def test_pending_points_are_due_on_the_day_they_become_usable(mall: Stored) -> None:
    mall.store.commit([OpenPending(WAITING)])
    assert list(mall.accounts.due_to_mature(USABLE - timedelta(days=1))) == []
    assert list(mall.accounts.due_to_mature(USABLE)) == [WAITING]


def test_every_pending_row_that_is_due_is_found_whole_and_once(mall: Stored) -> None:
    rows = {replace(WAITING, member_id=f"member-{n}", order_id=str(n)) for n in range(40)}
    rows |= {replace(WAITING, order_id=f"another {n}") for n in range(3)}
    for row in rows:
        mall.store.commit([OpenPending(row)])
    found = list(mall.accounts.due_to_mature(USABLE))
    assert len(found) == 43
    assert set(found) == rows


def test_an_accounts_rows_are_told_as_they_stand(mall: Stored) -> None:
    account(mall, {LATER: 2, SOON: 1}, held=4, pending=118, debt=0, frozen_at=NOW)
    mall.store.commit([OpenPending(WAITING)])
    assert mall.accounts.stored("lin") == StoredAccount(
        "lin", {SOON: 1, LATER: 2}, 4, 118, 0, SOON, NOW, 1, (WAITING,)
    )
    assert mall.accounts.stored("wang") == StoredAccount("wang")


def test_a_restored_account_is_what_it_is_restored_to_and_nothing_else(mall: Stored) -> None:
    account(mall, {SOON: 1, LATER: 2}, held=4, pending=5, debt=0, frozen_at=NOW)
    found = mall.accounts.stored("lin")
    after = Account("lin", {LATER: 3}, frozen_at=NOW, version=7)
    mall.store.commit([RestoreAccount(found, after)])
    assert mall.accounts.account("lin") == after
    assert mall.accounts.stored("lin").next_expiry == LATER


def test_an_account_is_not_restored_once_it_has_changed(mall: Stored) -> None:
    stands = account(mall, {SOON: 1})
    found = mall.accounts.stored("lin")
    mall.store.commit([ChangeAccount(stands, replace(stands, held=1))])
    restore = RestoreAccount(found, Account("lin", version=2))
    assert refusal(mall, restore)[0][0] == restore


def test_an_account_whose_row_is_gone_can_be_restored(mall: Stored) -> None:
    after = Account("lin", {LATER: 3}, version=7)
    mall.store.commit([RestoreAccount(mall.accounts.stored("lin"), after)])
    assert mall.accounts.account("lin") == after


def test_the_parts_of_all_accounts_have_each_member_once(mall: Stored) -> None:
    for number in range(9):
        credit = CreditLot(f"m{number}", LATER, 1)
        mall.store.commit(fenced(credit, fact=str(number)))
    mall.store.commit([OpenPending(WAITING)])
    found: list[str] = []
    for segment in range(3):
        rest: Stretch | None = Stretch(segment, 3)
        while rest:
            page = mall.accounts.members(rest, 2)
            found += page.items
            after = page.next_position
            rest = Stretch(segment, 3, after) if after else None
    assert sorted(found) == [f"m{number}" for number in range(9)]
