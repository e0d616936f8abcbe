"""Arithmetic that the SDK repeats is applied twice: so none may leave outside a transaction."""

import ast
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from loyalty.adapters.fence import require_fence
from loyalty.domain.account import Account
from loyalty.domain.writes import (
    AddEntry,
    AddStock,
    ChangeAccount,
    CountDay,
    CountLimit,
    CountMember,
    CountPacket,
    CreditLot,
    CreditPending,
    DrawBudget,
    GiveBackStock,
    SellHeld,
    TakeStock,
    Write,
)
from support.happenings import LOT, entry

ROOT = Path(__file__).parents[3]
CODE = [ROOT / "functions", ROOT / "layers" / "common"]

ARITHMETIC: list[Write] = [
    CreditLot("lin", LOT, 1),
    CreditPending("lin", 1),
    CountLimit("lin", "tea", "total", 1),
    CountPacket("lin", date(2026, 11, 21), 10),
    TakeStock("tea", 1, 1),
    SellHeld("tea", 1),
    GiveBackStock("tea", 1, was_held=True),
    AddStock("tea", 1),
    DrawBudget("cmp", 0, 1, 1),
    CountMember("lin", "cmp", 1, 1),
    CountDay("lin", LOT, 1, 1),
]


def calls(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            yield node.func.attr


def test_no_code_updates_a_row_outside_a_transaction() -> None:
    files = [path for folder in CODE for path in folder.rglob("*.py")]
    assert len(files) > 50
    for path in files:
        forbidden = {"update_item", "execute_statement", "batch_write_item", "update_table"}
        assert not forbidden & set(calls(path.read_text())), path


def test_only_one_place_writes_transactions() -> None:
    writers = [
        path.name
        for folder in CODE
        for path in folder.rglob("*.py")
        if "transact_write_items" in calls(path.read_text())
    ]
    assert writers == ["transaction.py"]


def test_the_search_would_see_it() -> None:
    assert "update_item" in calls("self._client.update_item(TableName='t')")


@pytest.mark.parametrize("write", ARITHMETIC)
def test_arithmetic_needs_a_keyed_row_beside_it(write: Write) -> None:
    with pytest.raises(AssertionError, match="count twice"):
        require_fence([write])
    require_fence([write, AddEntry(entry())])
    require_fence([write, ChangeAccount(Account("lin"), Account("lin", held=1))])


def test_two_writes_of_arithmetic_do_not_guard_each_other() -> None:
    with pytest.raises(AssertionError, match="count twice"):
        require_fence(ARITHMETIC)
