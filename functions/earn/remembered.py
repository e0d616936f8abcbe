"""Orders as their entries remember them: enough to reckon them again, as they were credited."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal

from earn.kept_lines import lines_of
from earn.rules import Room, Scene
from loyalty.domain.buyer import buyer_of
from loyalty.domain.campaign import Campaign
from loyalty.domain.entry import Entry
from loyalty.domain.orders import ZERO, CustomerRef, Purchase

Facts = Mapping[str, object]


def purchase_of(entry: Entry) -> Purchase:
    """Return the purchase that a payment's or an edit's entry was reckoned from."""
    facts = entry.explanation
    lines, base = lines_of(facts["lines"]), Decimal(str(facts["base"]))  # type: ignore[arg-type]
    return Purchase(
        order_id=entry.key.partition,
        customer=CustomerRef(entry.member_id),
        currency=str(facts["currency"]),
        lines=lines,
        discount=sum((line.amount for line in lines), ZERO) - base,
        tax=ZERO,
        points_offset=ZERO,
        paid_at=entry.occurred_at,
    )


def paid_at(entry: Entry) -> datetime:
    """Return the instant as of which a payment was reckoned."""
    return min(entry.occurred_at, entry.recorded_at)


def scene_of(entry: Entry, campaigns: Iterable[Campaign], *, may_grow: bool = False) -> Scene:
    """Return what a payment was reckoned by: the member as seen then, and what campaigns gave.

    What is metered gives no more than it gave then; with ``may_grow``, only if it had no more to
    give. Of a metered campaign that the entry does not name, the order has nothing.
    """
    facts = entry.explanation
    member, given = facts.get("member"), _given(facts)
    room = {
        campaign_id: int(str(bonus.get("had", bonus["points"]) if may_grow else bonus["points"]))
        for campaign_id, bonus in given.items()
        if not may_grow or "wanted" in bonus
    }
    there = [it for it in campaigns if not it.is_metered or it.campaign_id in given]
    metered = {it.campaign_id for it in there if it.is_metered}
    return Scene(
        buyer_of(member) if isinstance(member, dict) else None,
        there,
        Room({name: points for name, points in room.items() if name in metered}, _day(facts)),
    )


def campaigns_in(facts: Facts) -> list[str]:
    """Return the ids of the campaigns that an entry names."""
    return list(_given(facts))


def _given(facts: Facts) -> dict[str, Facts]:
    given = facts.get("campaigns", [])
    assert isinstance(given, list), "an explanation lists its campaigns"
    return {str(bonus["id"]): bonus for bonus in given}


def _day(facts: Facts) -> int | None:
    capped = facts.get("capped")
    by_day = isinstance(capped, dict) and capped["by"] == "day"
    return int(str(facts["points"])) if by_day else None
