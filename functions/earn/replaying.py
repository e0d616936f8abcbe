"""Use case: what past days issued, and what a draft of the rules would have issued instead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from earn.grants import Reckoning, on_arrival, reckon
from earn.kept_lines import lines_of
from loyalty.domain.entry import Entry
from loyalty.domain.orders import ZERO, CustomerRef, Purchase
from loyalty.domain.programme import Programme
from loyalty.ports import Mall

ROWS_A_CALL = 5_000
"""Rows of the ledger that one call looks at: some seconds, and about 700 read units."""


@dataclass(slots=True)
class Amount:
    """Points before rounding under one rule: as they were, and as they would have been."""

    issued: Decimal = ZERO
    draft: Decimal = ZERO


@dataclass(slots=True)
class Replay:
    """What a part of the orders shows; the sum of all parts is the whole."""

    orders: int = 0
    changed_orders: int = 0
    orders_without_skus: int = 0
    skipped_orders: int = 0
    issued: int = 0
    draft: int = 0
    rules: dict[tuple[str, str], Amount] = field(default_factory=dict)
    next_position: Mapping[str, str] | None = None


def dry_run(
    mall: Mall, draft: Programme, first: date, last: date, position: Mapping[str, str] | None
) -> Replay:
    """Reckon a part of the orders of past days again, by the functions that credited them.

    Edits and refunds that came later are left out on both sides.
    """
    zone = ZoneInfo(mall.programmes.live().time_zone)
    since = datetime.combine(first, time.min, zone)
    until = datetime.combine(last + timedelta(days=1), time.min, zone)
    page = mall.ledger.paid_orders(since, until, limit=ROWS_A_CALL, position=position)
    replay = Replay(next_position=page.next_position)
    for entry in page.items:
        _count(replay, entry, draft)
    return replay


def replayed(entry: Entry, programme: Programme) -> Reckoning:
    """Reckon the order of a ``paid`` entry under a programme, as of when it was booked."""
    facts = entry.explanation
    lines = lines_of(facts["lines"])  # type: ignore[arg-type]
    base = Decimal(str(facts["base"]))
    purchase = Purchase(
        order_id=entry.key.partition,
        customer=CustomerRef(entry.member_id),
        currency=str(facts["currency"]),
        lines=lines,
        discount=sum((line.amount for line in lines), ZERO) - base,
        tax=ZERO,
        points_offset=ZERO,
        paid_at=entry.occurred_at,
    )
    as_of = datetime.fromisoformat(str(facts["as_of"]))
    return on_arrival(reckon(purchase, as_of, programme, entry.recorded_at))


def _count(replay: Replay, entry: Entry, draft: Programme) -> None:
    facts = entry.explanation
    if "lines" not in facts:
        replay.skipped_orders += 1
        return
    reckoning = replayed(entry, draft)
    issued = int(str(facts["points"]))
    replay.orders += 1
    replay.changed_orders += issued != reckoning.grant.points
    replay.orders_without_skus += any(not line.sku for line in lines_of(facts["lines"]))  # type: ignore[arg-type]
    replay.issued += issued
    replay.draft += reckoning.grant.points
    currency = str(facts["currency"])
    for rule, points in _parts(facts):
        replay.rules.setdefault((currency, rule), Amount()).issued += points
    for rule, points in _parts(reckoning.explanation):
        replay.rules.setdefault((currency, rule), Amount()).draft += points


def _parts(explanation: Mapping[str, object]) -> Iterable[tuple[str, Decimal]]:
    parts = explanation.get("parts", [])
    assert isinstance(parts, list), "an explanation lists its parts"
    return [(str(part["for"]), Decimal(str(part["points"]))) for part in parts]
