"""Use case: what past days issued, and what a draft of the rules would have issued instead."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from earn.grants import Reckoning, on_arrival, reckon
from earn.kept_lines import lines_of
from earn.remembered import paid_at, purchase_of, scene_of
from earn.rules import Room, Scene
from loyalty.domain.campaign import Campaign
from loyalty.domain.entry import Entry
from loyalty.domain.orders import ZERO
from loyalty.domain.programme import Programme
from loyalty.ports import Mall

ROWS_A_CALL = 5_000
"""Rows of the ledger that one call looks at: some seconds, and about 700 read units."""

ANY_ROOM = Room()


@dataclass(slots=True)
class Amount:
    """Points under one rule: as they were, and as they would have been.

    By rates they are those before rounding and before anything multiplies them.
    """

    issued: Decimal = ZERO
    draft: Decimal = ZERO


@dataclass(slots=True)
class Replay:
    """What a part of the orders shows; the sum of all parts is the whole."""

    orders: int = 0
    changed_orders: int = 0
    orders_without_skus: int = 0
    orders_without_member: int = 0
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
    campaigns = mall.campaigns.in_play(first)
    for entry in page.items:
        _count(replay, entry, draft, campaigns)
    return replay


def replayed(
    entry: Entry,
    programme: Programme,
    campaigns: Sequence[Campaign] = (),
    candidate: Campaign | None = None,
    room: Room = ANY_ROOM,
) -> Reckoning:
    """Reckon the order of a ``paid`` entry under a programme, as of when it was booked.

    A candidate is a campaign that was not there then; ``room`` is what it has left, and the day.
    """
    at, zone = paid_at(entry), programme.time_zone
    held = [campaign for campaign in campaigns if campaign.holds(at, zone)]
    scene = _on_the_day(scene_of(entry, held, may_grow=True), programme)
    if candidate:
        there = [*scene.campaigns, *([candidate] if candidate.holds(at, zone) else [])]
        left = Room({**scene.room.campaigns, **room.campaigns}, room.day)
        scene = Scene(scene.buyer, there, left)
    as_of = datetime.fromisoformat(str(entry.explanation["as_of"]))
    purchase = purchase_of(entry)
    return on_arrival(reckon(purchase, as_of, programme, entry.recorded_at, scene))


def _on_the_day(scene: Scene, programme: Programme) -> Scene:
    """Return a scene of which a day that was used up is so only where days still have a cap."""
    cap = programme.caps.per_member_and_day
    day = None if cap is None else min(cap, cap if scene.room.day is None else scene.room.day)
    return replace(scene, room=replace(scene.room, day=day))


def _count(replay: Replay, entry: Entry, draft: Programme, campaigns: Sequence[Campaign]) -> None:
    facts = entry.explanation
    if "lines" not in facts:
        replay.skipped_orders += 1
        return
    reckoning = replayed(entry, draft, campaigns)
    issued = int(str(facts["points"]))
    replay.orders += 1
    replay.changed_orders += issued != reckoning.grant.points
    replay.orders_without_skus += any(not line.sku for line in lines_of(facts["lines"]))  # type: ignore[arg-type]
    replay.orders_without_member += bool((draft.tiers or draft.birthday) and "member" not in facts)
    replay.issued += issued
    replay.draft += reckoning.grant.points
    currency = str(facts["currency"])
    for rule, points in _parts(facts):
        replay.rules.setdefault((currency, rule), Amount()).issued += points
    for rule, points in _parts(reckoning.explanation):
        replay.rules.setdefault((currency, rule), Amount()).draft += points


def _parts(explanation: Mapping[str, object]) -> Iterable[tuple[str, Decimal]]:
    parts, campaigns = explanation.get("parts", []), explanation.get("campaigns", [])
    assert isinstance(parts, list) and isinstance(campaigns, list), "explanations list these"
    by_rate = [(str(part["for"]), part["points"]) for part in parts]
    by_campaign = [(f"campaign:{bonus['id']}", bonus["points"]) for bonus in campaigns]
    return [(rule, Decimal(str(points))) for rule, points in by_rate + by_campaign]
