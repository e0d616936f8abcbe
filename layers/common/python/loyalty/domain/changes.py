"""What a change of a table means: the events that it is told as, or none.

Events name what they are about and what it is worth. Codes, task tokens and addresses are no facts.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from loyalty.domain.account import Kind
from loyalty.domain.entry import Entry
from loyalty.domain.events import Event, EventName
from loyalty.domain.member import CustomerLink
from loyalty.domain.redemption import Redemption, Status, Step
from loyalty.domain.reminder import Reminder
from loyalty.domain.tier_step import StepKind, TierStep


@dataclass(frozen=True, slots=True)
class RedemptionChange:
    """A redemption's row as it was (None: it is new) and as it is."""

    before: Redemption | None
    after: Redemption


Change = Entry | RedemptionChange | CustomerLink | Reminder | TierStep
"""A new entry, reminder, link or step between tiers, a new or changed redemption: what is told."""

EVENT_OF_KIND = {
    Kind.EARN: EventName.POINTS_EARNED,
    Kind.MATURE: EventName.POINTS_MATURED,
    Kind.CLAW_BACK: EventName.POINTS_CLAWED_BACK,
    Kind.LAPSE: EventName.POINTS_LAPSED,
    Kind.ADJUST: EventName.POINTS_ADJUSTED,
    Kind.TRANSFER: EventName.POINTS_TRANSFERRED,
}
"""Entries of other kinds are told by the redemption that they belong to."""

EVENT_OF_STATUS = {
    Status.PENDING_REVIEW: EventName.REDEMPTION_SUBMITTED,
    Status.PENDING_PAYMENT: EventName.REDEMPTION_PAYMENT_DUE,
    Status.CONFIRMED: EventName.REDEMPTION_CONFIRMED,
    Status.SHIPPED: EventName.REDEMPTION_SHIPPED,
    Status.RECEIVED: EventName.REDEMPTION_RECEIVED,
    Status.COMPLETED: EventName.REDEMPTION_COMPLETED,
    Status.REJECTED: EventName.REDEMPTION_REJECTED,
    Status.REVIEW_EXPIRED: EventName.REDEMPTION_REVIEW_EXPIRED,
    Status.PAYMENT_EXPIRED: EventName.REDEMPTION_PAYMENT_EXPIRED,
    Status.CANCELLED: EventName.REDEMPTION_CANCELLED,
    Status.FAILED: EventName.REDEMPTION_FAILED,
}


def events_of(change: Change) -> tuple[Event, ...]:
    """Return what a change is told as, in order: one event for each step that was reached."""
    match change:
        case Entry():
            return (*_events_of_entry(change), *_events_of_order(change))
        case RedemptionChange(before, after):
            seen = len(before.timeline) if before else 0
            assert after.timeline and after.timeline[-1].status is after.status, "steps explain it"
            steps = tuple(_event_of_step(after, step) for step in after.timeline[seen:])
            return (*steps, *_events_of_refund(before, after))
        case CustomerLink():
            return (_event_of_link(change),)
        case Reminder():
            return (_event_of_reminder(change),)
        case TierStep():
            return (_event_of_tier_step(change),)


def _events_of_entry(entry: Entry) -> tuple[Event, ...]:
    name = EVENT_OF_KIND.get(entry.kind)
    moves_nothing = not any((entry.points, entry.pending, entry.debt))
    if name is None or entry.member_id is None or moves_nothing:
        return ()
    facts = {
        "member_id": entry.member_id,
        "entry_id": entry.key.entry_id,
        "points": entry.points,
        "pending": entry.pending,
        "debt": entry.debt,
        "lots": [
            {"expires_on": day.isoformat(), "points": points}
            for day, points in sorted(entry.lots.items())
        ],
        "usable_on": entry.explanation.get("usable_on"),
        "reason": entry.reason,
        "reference": entry.reference,
        "origin": entry.explanation.get("origin"),
        "counterpart": entry.explanation.get("giver") or entry.explanation.get("friend"),
    }
    return (Event(name, entry.key.entry_id, entry.occurred_at, entry.recorded_at, facts),)


def _events_of_order(entry: Entry) -> tuple[Event, ...]:
    """Tell that an order was booked, or news of it: also where that has moved no points."""
    area, _, order = entry.key.partition.partition(":")
    if area != "order" or entry.kind not in {Kind.EARN, Kind.CLAW_BACK}:
        return ()
    source, _, order_id = order.partition(":")
    facts = {
        "member_id": entry.member_id,
        "source_name": source,
        "order_id": order_id,
        "entry_id": entry.key.entry_id,
        "reason": entry.reason,
    }
    event_id = f"{entry.key.entry_id}:booked"
    return (Event(EventName.ORDER_BOOKED, event_id, entry.occurred_at, entry.recorded_at, facts),)


def _event_of_step(redemption: Redemption, step: Step) -> Event:
    return Event(
        name=EVENT_OF_STATUS[step.status],
        event_id=f"{redemption.partition}:{step.status}",
        occurred_at=step.at,
        recorded_at=step.at,
        facts={
            **_facts_of(redemption, step.status),
            "note": step.note,
            **(_shipment(redemption) if step.status is Status.SHIPPED else {}),
            **(_payment(redemption, step) if step.status is Status.PENDING_PAYMENT else {}),
        },
    )


def _events_of_refund(before: Redemption | None, after: Redemption) -> tuple[Event, ...]:
    """Tell that money has to go back, or has gone back: no steps of an order that has ended."""
    former = before.payment.refund if before and before.payment else None
    refund = after.payment.refund if after.payment else None
    if refund is None or refund == former:
        return ()
    name = EventName.REDEMPTION_REFUNDED if refund.done_at else EventName.REDEMPTION_REFUND_DUE
    at, word = refund.done_at or refund.due_at, "refunded" if refund.done_at else "refund_due"
    facts = {**_facts_of(after, after.status), "note": None}
    return (Event(name, f"{after.partition}:{word}", at, at, facts),)


def _facts_of(redemption: Redemption, status: Status) -> dict[str, object]:
    return {
        "member_id": redemption.member_id,
        "redemption_id": redemption.redemption_id,
        "order_number": redemption.order_number,
        "item_id": redemption.item_id,
        "item_name": dict(redemption.item_name),
        "item_kind": redemption.item_kind.value,
        "quantity": redemption.quantity,
        "points": redemption.points,
        "cash": redemption.cash,
        "currency": redemption.currency,
        "status": status.value,
    }


def _payment(redemption: Redemption, step: Step) -> Mapping[str, object]:
    due_at = redemption.payment.due_at if redemption.payment else step.at
    return {"pay_within_minutes": round((due_at - step.at).total_seconds() / 60)}


def _shipment(redemption: Redemption) -> Mapping[str, object]:
    shipment = redemption.shipment
    return {
        "carrier": shipment.carrier if shipment else None,
        "tracking_number": shipment.tracking_number if shipment else None,
    }


def _event_of_reminder(reminder: Reminder) -> Event:
    lot, lead = reminder.facts[0]
    return Event(
        name=EventName.POINTS_EXPIRING,
        event_id=f"reminder:{reminder.member_id}:{lot}:{lead}",
        occurred_at=reminder.at,
        recorded_at=reminder.at,
        facts={
            "member_id": reminder.member_id,
            "points": reminder.points,
            "lots": [
                {"expires_on": lot.expires_on.isoformat(), "points": lot.points}
                for lot in reminder.lots
            ],
            "days_left": reminder.days_left,
            "year_end": reminder.is_year_end,
        },
    )


def _event_of_link(link: CustomerLink) -> Event:
    return Event(
        name=EventName.CUSTOMER_LINKED,
        event_id=f"customer:{link.source}:{link.customer_id}:{link.member_id}",
        occurred_at=link.linked_at,
        recorded_at=link.linked_at,
        facts={
            "member_id": link.member_id,
            "source_name": link.source,
            "customer_id": link.customer_id,
        },
    )


def _event_of_tier_step(step: TierStep) -> Event:
    is_warning = step.kind is StepKind.ENDANGERED
    facts: dict[str, object] = {
        "member_id": step.member_id,
        "tier": step.tier,
        "tier_name": dict(step.tier_name),
        "counted": str(step.counted),
    }
    danger = {
        "needed": str(step.needed),
        "ends_on": str(step.ends_on),
        "grace_until": str(step.grace_until),
    }
    change = {"former_tier": step.former, "direction": step.kind.value, "because": step.because}
    return Event(
        name=EventName.TIER_ENDANGERED if is_warning else EventName.TIER_CHANGED,
        event_id=f"tier:{step.member_id}:{step.fact}",
        occurred_at=step.at,
        recorded_at=step.at,
        facts={**facts, **(danger if is_warning else change)},
    )
