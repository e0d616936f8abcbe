"""The sweep finds what is due on the programme's day, and nothing else."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from expiry.service import BATCH, queue_due
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.orders import CustomerRef
from loyalty.domain.pending import PendingPoints
from loyalty.domain.programme import ReturnWindow
from support.books import bring, on_day
from support.shop import Shop

NEW_YEAR_S_EVE = date(2026, 12, 31)


@pytest.fixture
def mall() -> MemoryMall:
    """Noon on 2026-11-21 in Shanghai; pre-orders wait for a week."""
    mall = MemoryMall()
    window = ReturnWindow(categories={"preorder": 7})
    mall.programmes.publish(replace(mall.programmes.live(), return_window=window))
    return mall


def test_only_accounts_with_a_lot_that_has_passed_are_due(mall: MemoryMall) -> None:
    bring(mall, {NEW_YEAR_S_EVE: 5}, "lin")
    bring(mall, {NEW_YEAR_S_EVE + timedelta(days=1): 5}, "wang")
    on_day(mall, NEW_YEAR_S_EVE)
    assert queue_due(mall) == (0, 0)
    on_day(mall, NEW_YEAR_S_EVE + timedelta(days=1))
    assert queue_due(mall) == (1, 0)
    assert mall.settlement_queue.members == ["lin"]


def test_an_order_is_due_on_the_day_on_which_it_becomes_usable(mall: MemoryMall) -> None:
    Shop(mall).pays("A1", 10, category="preorder")
    on_day(mall, date(2026, 11, 27))
    assert queue_due(mall) == (0, 0)
    on_day(mall, date(2026, 11, 28))
    assert queue_due(mall) == (0, 1)
    (row,) = mall.settlement_queue.pending
    assert (row.member_id, row.source, row.order_id) == ("lin", "standard", "A1")


@pytest.mark.parametrize(
    ("zone", "midnight"),
    [
        ("Asia/Shanghai", datetime(2026, 12, 31, 16, tzinfo=UTC)),
        ("America/New_York", datetime(2027, 1, 1, 5, tzinfo=UTC)),
        ("Pacific/Apia", datetime(2026, 12, 31, 11, tzinfo=UTC)),
        ("Asia/Kathmandu", datetime(2026, 12, 31, 18, 15, tzinfo=UTC)),
    ],
)
def test_the_day_is_the_programme_s_whatever_the_hour_in_utc(
    mall: MemoryMall, zone: str, midnight: datetime
) -> None:
    mall.programmes.publish(replace(mall.programmes.live(), time_zone=zone))
    bring(mall, {NEW_YEAR_S_EVE: 5})
    mall.clock.set(midnight - timedelta(seconds=1))
    assert queue_due(mall) == (0, 0)
    mall.clock.set(midnight)
    assert queue_due(mall) == (1, 0)


def test_what_is_due_is_handed_over_in_batches_as_it_is_found(
    mall: MemoryMall, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(BATCH + 5):
        bring(mall, {NEW_YEAR_S_EVE: 1}, f"member-{n:03}")
        Shop(mall, CustomerRef(f"member-{n:03}")).pays(f"A{n}", 10, category="preorder")
    on_day(mall, NEW_YEAR_S_EVE + timedelta(days=1))
    batches = []

    class Queue:
        def add(self, members: Sequence[str], pending: Sequence[PendingPoints]) -> None:
            batches.append((len(members), len(pending)))

    monkeypatch.setattr(mall, "settlement_queue", Queue())
    assert queue_due(mall) == (BATCH + 5, BATCH + 5)
    assert batches == [(BATCH, 0), (5, 0), (0, BATCH), (0, 5)]
