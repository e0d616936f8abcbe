"""What one commit promises, whatever is in it."""

import pytest

from contract.rows import LATER, account, entry, item, opening, redemption, refusal, stock
from loyalty.domain.account import Account
from loyalty.domain.item import Stock
from loyalty.domain.writes import (
    AddEntry,
    AddItem,
    ChangeAccount,
    CountLimit,
    CreditLot,
    GiveBackStock,
    OpenRedemption,
    TakeStock,
    Write,
)
from support.stored import Stored


def order(seen: Account) -> list[Write]:
    """All that a plain redemption writes."""
    bought = redemption()
    left = sum(seen.lots.values()) - bought.points
    return [
        OpenRedemption(bought),
        ChangeAccount(seen, Account("lin", {LATER: left})),
        AddEntry(opening(bought)),
        TakeStock("tea", bought.quantity, 1),
        CountLimit("lin", "tea", "total", bought.quantity, 5),
    ]


def everything(mall: Stored) -> tuple[object, ...]:
    bought = redemption()
    return (
        mall.redemptions.redemption(bought.redemption_id),
        mall.accounts.account("lin"),
        mall.ledger.entry(opening(bought).key),
        mall.catalog.stock("tea"),
    )


def test_a_redemption_is_written_as_a_whole(mall: Stored) -> None:
    mall.store.commit([AddItem(item(), stock())])
    mall.store.commit(order(account(mall, {LATER: 3000})))
    assert everything(mall) == (
        redemption(),
        Account("lin", {LATER: 600}, version=2),
        opening(redemption()),
        Stock("tea", 8, sold=2),
    )


def test_if_one_write_does_not_hold_none_is_made(mall: Stored) -> None:
    mall.store.commit([AddItem(item(), stock(on_hand=1))])
    seen = account(mall, {LATER: 3000})
    before = everything(mall)
    refused = refusal(mall, *order(seen))
    assert refused == [(TakeStock("tea", 2, 1), stock(on_hand=1))]
    assert everything(mall) == before


def test_everything_that_does_not_hold_is_told_in_the_order_of_the_writes(mall: Stored) -> None:
    mall.store.commit([AddItem(item(), stock())])
    seen = account(mall, {LATER: 3000})
    mall.store.commit(order(seen))
    stands = everything(mall)
    refused = refusal(mall, *order(seen))
    assert [type(write) for write, _ in refused] == [OpenRedemption, ChangeAccount, AddEntry]
    assert [found for _, found in refused] == list(stands[:3])
    assert everything(mall) == stands


def test_a_write_of_two_rows_is_told_once(mall: Stored) -> None:
    mall.store.commit([AddItem(item(), stock())])
    again = AddItem(item(), stock())
    assert refusal(mall, again) == [(again, item())]


@pytest.mark.parametrize(
    "arithmetic",
    [
        CreditLot("lin", LATER, 1),
        CountLimit("lin", "tea", "total", 1),
        TakeStock("tea", 1, 1),
        GiveBackStock("tea", 1, was_held=False),
    ],
)
def test_arithmetic_never_travels_without_a_row_that_can_be_put_once(
    mall: Stored, arithmetic: Write
) -> None:
    with pytest.raises(AssertionError, match="count twice"):
        mall.store.commit([arithmetic])


def test_a_commit_holds_a_hundred_actions_and_no_more(mall: Stored) -> None:
    mall.store.commit([AddEntry(entry(f"refund:{n}")) for n in range(100)])
    with pytest.raises(AssertionError, match="101 actions"):
        mall.store.commit([AddEntry(entry(f"return:{n}")) for n in range(101)])


def test_an_empty_commit_is_a_mistake(mall: Stored) -> None:
    with pytest.raises(AssertionError, match="0 actions"):
        mall.store.commit([])
