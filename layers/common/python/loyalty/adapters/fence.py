"""The rule that makes arithmetic safe to repeat: it never travels without a keyed row.

The AWS SDK repeats a request whose answer was lost; only a row that can be put once, or a version
that is passed once, keeps the repetition from being applied a second time.
"""

from collections.abc import Iterable

from loyalty.domain.writes import (
    AddStock,
    AwaitLink,
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

ARITHMETIC = (
    CreditLot,
    CreditPending,
    CountLimit,
    CountPacket,
    TakeStock,
    SellHeld,
    GiveBackStock,
    AddStock,
    DrawBudget,
    CountMember,
    CountDay,
)
"""Writes that would count a second time."""


def require_fence(writes: Iterable[Write]) -> None:
    """Insist on a keyed row beside arithmetic: without one the commit is a programmer's error."""
    writes = list(writes)
    is_counting = any(isinstance(write, ARITHMETIC) for write in writes)
    is_fenced = any(not isinstance(write, (*ARITHMETIC, AwaitLink)) for write in writes)
    assert is_fenced or not is_counting, f"a lost reply would make {writes} count twice"
