"""The relay's handler, driven as Lambda drives it, on rows as the adapters write them."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
from chalice.test import Client

from loyalty import bootstrap
from loyalty.adapters.dynamodb.ledger_rows import book_item, entry_item, lapsed_lot_item
from loyalty.adapters.dynamodb.member_rows import contact_items, link_item, member_item
from loyalty.adapters.dynamodb.order_rows import redemption_item
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.adapters.dynamodb.tiers import tier_actions
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Kind
from loyalty.domain.changes import RedemptionChange, events_of
from loyalty.domain.claw_back import LapsedLot
from loyalty.domain.entry import EntryKey
from loyalty.domain.member import Member
from loyalty.domain.order_book import OrderBook
from loyalty.domain.redemption import Status
from loyalty.domain.tier_count import TierCount
from loyalty.domain.writes import AddTierStep, SaveTierCount
from loyalty.observability import logger
from loyalty.ports import EventsNotPublished
from relay.stream_handler import app
from support.happenings import LINK, LOT, NOW, RISEN, entry, redemption
from support.streams import record

BOOK = OrderBook("standard", "A100", refunded=Decimal("10.00"), version=1)
PAID = entry(key=EntryKey("order:standard:A100", "paid"))


@pytest.fixture
def mall() -> Iterator[MemoryMall]:
    logger()  # so that it writes to the run's own output, not to that of one test
    mall = MemoryMall()
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)


def relay(*records: dict[str, Any]) -> object:
    batch = json.loads(json.dumps({"Records": records}))
    with Client(app) as client:
        return client.lambda_.invoke("stream", batch).payload


def told(mall: MemoryMall) -> list[str]:
    return [event.name.value for event in mall.event_bus.published]


@pytest.mark.parametrize("kind", Kind)
def test_an_entry_is_told_just_as_it_was_written(mall: MemoryMall, kind: Kind) -> None:
    written = entry(kind, explanation={"usable_on": "2026-12-05", "parts": [{"points": "7.5"}]})
    relay(record("ledger", new=entry_item(written)))
    assert mall.event_bus.published == list(events_of(written))


def test_a_new_redemption_and_its_steps_are_told(mall: MemoryMall) -> None:
    waiting = redemption(Status.PENDING_REVIEW)
    confirmed = redemption(Status.PENDING_REVIEW, Status.CONFIRMED)
    shipped = redemption(Status.PENDING_REVIEW, Status.CONFIRMED, Status.SHIPPED)
    rows = [redemption_item(each) for each in (waiting, confirmed, shipped)]
    relay(
        record("orders", new=rows[0]),
        record("orders", new=rows[1], old=rows[0]),
        record("orders", new=rows[2], old=rows[1]),
    )
    assert told(mall) == ["RedemptionSubmitted", "RedemptionConfirmed", "RedemptionShipped"]
    assert mall.event_bus.published[2] == events_of(RedemptionChange(confirmed, shipped))[0]


def test_a_change_that_leaves_the_status_is_not_told(mall: MemoryMall) -> None:
    row = redemption_item(redemption(Status.CONFIRMED))
    relay(record("orders", new={**row, "version": {"N": "2"}}, old=row))
    assert told(mall) == []


def test_a_link_is_told_once_it_stands(mall: MemoryMall) -> None:
    row = link_item(LINK)
    relay(record("members", new=row), record("members", new=row, old=row))
    assert mall.event_bus.published == list(events_of(LINK))


def test_a_step_between_tiers_is_told_and_what_it_was_counted_from_is_not(
    mall: MemoryMall,
) -> None:
    tables = Tables(members="members")
    (step,) = tier_actions(tables, AddTierStep(RISEN))
    (count,) = tier_actions(tables, SaveTierCount(TierCount("lin", version=1)))
    relay(*(record("members", new=it.request["Put"]["Item"]) for it in (step, count)))
    assert mall.event_bus.published == list(events_of(RISEN))


def test_an_order_that_was_refunded_before_it_came_is_told_when_it_comes(mall: MemoryMall) -> None:
    tombstone = book_item(BOOK, is_tombstone=True)
    relay(
        record("ledger", new=tombstone),
        record("ledger", new=book_item(BOOK, is_tombstone=True), old=tombstone),
        record("ledger", new=entry_item(PAID), old=tombstone),
    )
    assert mall.event_bus.published == list(events_of(PAID))


def test_rows_that_only_serve_the_store_are_not_told(mall: MemoryMall) -> None:
    member = Member("lin", NOW, email="lin@example.com", phone="+8613800138000")
    rows: list[tuple[str, Mapping[str, Any]]] = [
        ("ledger", book_item(BOOK, is_tombstone=False)),
        ("ledger", lapsed_lot_item(LapsedLot("lin", LOT, lapsed=5, version=1))),
        ("orders", {"pk": {"S": "limit#lin#itm_tea"}, "sk": {"S": "total"}, "pieces": {"N": "1"}}),
        ("members", member_item(member)),
        *(("members", row) for row in contact_items(member)),
    ]
    relay(*(record(table, new=row) for table, row in rows))
    assert told(mall) == []


def test_what_is_removed_is_not_told(mall: MemoryMall) -> None:
    relay(record("orders", old=redemption_item(redemption(Status.CONFIRMED))))
    assert told(mall) == []


def test_a_bus_that_is_down_fails_the_batch_so_that_the_stream_brings_it_again(
    mall: MemoryMall,
) -> None:
    mall.event_bus.is_down = True
    with pytest.raises(EventsNotPublished):
        relay(record("ledger", new=entry_item(PAID)))
    mall.event_bus.is_down = False
    relay(record("ledger", new=entry_item(PAID)))
    assert told(mall) == ["PointsEarned", "OrderBooked"]


def test_no_partial_failures_are_ever_reported(mall: MemoryMall) -> None:  # noqa: ARG001
    assert relay(record("ledger", new=entry_item(PAID))) is None


def broken(**changes: Any) -> dict[str, Any]:
    return record("orders", new={**redemption_item(redemption(Status.CONFIRMED)), **changes})


@pytest.mark.parametrize(
    "strange",
    [
        broken(status={"S": "lost"}),
        broken(points={"S": "many"}),
        broken(timeline={"L": []}),
        {"eventID": "e1", "eventName": "INSERT", "dynamodb": {"Keys": {}}},
    ],
)
def test_a_record_that_nobody_understands_is_told_as_such_and_holds_nothing_up(
    mall: MemoryMall,
    strange: dict[str, Any],
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    relay(record("ledger", new=entry_item(PAID)), strange, record("members", new=link_item(LINK)))
    names = ["PointsEarned", "OrderBooked", "RecordNotUnderstood", "CustomerLinked"]
    assert told(mall) == names
    lost = mall.event_bus.published[2]
    assert lost.event_id == f"record:{strange['eventID']}"
    (logged,) = [line for line in caplog.records if line.levelname == "ERROR"]
    assert logged.__dict__["event_id"] == lost.event_id
    counted = [json.loads(line) for line in capsys.readouterr().out.splitlines() if "_aws" in line]
    assert [line["RecordsNotUnderstood"] for line in counted] == [[1.0]]


def test_a_lost_record_tells_where_it_stands_but_not_what_it_holds(mall: MemoryMall) -> None:
    strange = broken(status={"S": "lost"})
    relay(strange)
    (lost,) = mall.event_bus.published
    assert lost.facts == {
        "stream": strange["eventSourceARN"],
        "change": "INSERT",
        "sequence_number": strange["dynamodb"]["SequenceNumber"],
        "key": {"pk": "redemption#rdm_1f2e3d", "sk": "order"},
        "problem": "ValidationError",
    }
