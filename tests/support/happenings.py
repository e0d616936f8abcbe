"""One of everything that can happen to a member, as the tables hold it and the bus tells it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from insight.anomalies.reporting import found_event
from loyalty.adapters.memory import MemoryMall
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.attempts import tell_refused
from loyalty.domain.account import Kind
from loyalty.domain.anomaly.finding import AnomalyKind, Case
from loyalty.domain.anomaly.rules import AnomalyRules
from loyalty.domain.changes import EVENT_OF_KIND, Change, RedemptionChange, events_of
from loyalty.domain.entry import Entry, EntryKey
from loyalty.domain.events import Event, EventName
from loyalty.domain.item import ItemKind
from loyalty.domain.member import CustomerLink
from loyalty.domain.origin import Origin
from loyalty.domain.payment import Payment
from loyalty.domain.redemption import (
    Decision,
    Redemption,
    Review,
    Shipment,
    Status,
    Step,
    Verdict,
)
from loyalty.domain.reminder import ExpiringLot, Reminder
from loyalty.domain.tier_step import StepKind, TierStep

NOW = datetime(2026, 11, 21, 8, 30, tzinfo=UTC)
LOT = date(2027, 11, 30)

SECRETS = {
    "task token": "the-task-token",
    "code": "9f86d081884c7d65",
    "recipient": "Lin Daiyu",
    "phone": "+8613800138000",
    "line1": "7 Bamboo Lane",
    "reviewer": "reviewer-sub",
    "payment": "pay_7c9e6679",
}
"""What a redemption holds and nobody may be told by message."""

POSTINGS: dict[Kind, dict[str, object]] = {
    Kind.EARN: {"lots": {LOT: 118}},
    Kind.MATURE: {"lots": {LOT: 118}, "pending": -118},
    Kind.CLAW_BACK: {"lots": {LOT: -100}, "debt": 18},
    Kind.LAPSE: {"lots": {date(2026, 11, 20): -118}, "reference": None, "reason": "lapsed"},
    Kind.ADJUST: {"lots": {LOT: 50}, "reason": "Sorry for the delay", "reference": None},
}


def entry(kind: Kind = Kind.EARN, **changes: object) -> Entry:
    """Return an entry of a kind, as the ledger holds it."""
    plain = Entry(
        key=EntryKey("order:standard:A100", kind.value),
        member_id="lin",
        kind=kind,
        occurred_at=NOW - timedelta(hours=1),
        recorded_at=NOW,
        reason="purchase",
        actor="shop:standard",
        reference="A100",
    )
    return replace(plain, **{**POSTINGS.get(kind, {}), **changes})  # type: ignore[arg-type]


def redemption(
    *path: Status, kind: ItemKind = ItemKind.PHYSICAL, note: str | None = None
) -> Redemption:
    """Return a redemption that has gone through some statuses, full of secrets."""
    steps = [Step(status, NOW + timedelta(minutes=n)) for n, status in enumerate(path)]
    steps[-1] = replace(steps[-1], note=note)
    decision = Decision(Verdict.APPROVE, "fine", SECRETS["reviewer"], NOW)
    return Redemption(
        redemption_id="rdm_1f2e3d",
        member_id="lin",
        request_digest="0" * 64,
        item_id="itm_tea",
        item_name={"zh": "龙井茶", "en": "Longjing tea"},
        item_kind=kind,
        quantity=2,
        points=2400,
        draws={LOT: 2400},
        status=path[-1],
        created_at=NOW,
        delivery={key: SECRETS[key] for key in ("recipient", "phone", "line1")},
        timeline=tuple(steps),
        cash="13.00",
        currency="CNY",
        payment=Payment(NOW + timedelta(minutes=30), reference=SECRETS["payment"]),
        review=Review(NOW, decisions=(decision,), task_token=SECRETS["task token"]),
        shipment=Shipment("SF Express", "SF1234567890", NOW) if Status.SHIPPED in path else None,
        code_ids=(SECRETS["code"],),
    )


def reached(
    *path: Status, kind: ItemKind = ItemKind.PHYSICAL, note: str | None = None
) -> RedemptionChange:
    """Return the change by which a redemption reached the last of some statuses."""
    after = redemption(*path, kind=kind, note=note)
    before = redemption(*path[:-1], kind=kind) if len(path) > 1 else None
    return RedemptionChange(before, after)


PATHS: dict[EventName, tuple[Status, ...]] = {
    EventName.REDEMPTION_SUBMITTED: (Status.PENDING_REVIEW,),
    EventName.REDEMPTION_PAYMENT_DUE: (Status.PENDING_PAYMENT,),
    EventName.REDEMPTION_PAYMENT_EXPIRED: (Status.PENDING_PAYMENT, Status.PAYMENT_EXPIRED),
    EventName.REDEMPTION_CONFIRMED: (Status.CONFIRMED,),
    EventName.REDEMPTION_SHIPPED: (Status.CONFIRMED, Status.SHIPPED),
    EventName.REDEMPTION_RECEIVED: (Status.CONFIRMED, Status.SHIPPED, Status.RECEIVED),
    EventName.REDEMPTION_COMPLETED: (Status.CONFIRMED, Status.COMPLETED),
    EventName.REDEMPTION_REJECTED: (Status.PENDING_REVIEW, Status.REJECTED),
    EventName.REDEMPTION_REVIEW_EXPIRED: (Status.PENDING_REVIEW, Status.REVIEW_EXPIRED),
    EventName.REDEMPTION_CANCELLED: (Status.CONFIRMED, Status.CANCELLED),
    EventName.REDEMPTION_FAILED: (Status.CONFIRMED, Status.FAILED),
}

REMINDER = Reminder(
    "lin",
    NOW,
    facts=((date(2026, 12, 31), "year-end"), (date(2026, 11, 28), "7")),
    lots=(ExpiringLot(date(2026, 11, 28), 118), ExpiringLot(date(2026, 12, 31), 1200)),
    days_left=7,
)

RISEN = TierStep(
    "lin",
    StepKind.RISEN,
    "silver",
    {"zh": "银卡会员", "en": "Silver"},
    NOW,
    "count",
    Decimal(20_000),
    former="regular",
)
ENDANGERED = replace(
    RISEN,
    kind=StepKind.ENDANGERED,
    counted=Decimal(12_000),
    former=None,
    needed=Decimal(8_000),
    ends_on=date(2026, 12, 31),
    grace_until=date(2027, 1, 30),
)

CLAIM: dict[str, object] = {
    "lots": {LOT: 30},
    "reason": "red-packet",
    "explanation": {"giver": "wang", "origin": {"ip": "5f0c", "device": "ab12"}},
}

CASE = Case(
    anomaly_id="ano_1f2e3d",
    kind=AnomalyKind.VELOCITY,
    subject="member:lin",
    members=("lin",),
    facts={"rule": "task", "times": 13},
    found_at=NOW,
    event_id="order:standard:A100/paid",
)


def attempt_refused() -> Event:
    """Return the news of a guess, as a function tells it."""
    mall = MemoryMall(replace(ONE_YUAN_A_POINT, anomalies=AnomalyRules()), NOW)
    tell_refused(mall, "lin", "code-reveal", Origin("5f0c", "ab12"))
    (told,) = mall.event_bus.published
    return told


LINK = CustomerLink("shopify", "207119551", "lin", NOW, "operator-sub")


CHANGES: dict[EventName, Change] = {
    EventName.CUSTOMER_LINKED: LINK,
    EventName.POINTS_EXPIRING: REMINDER,
    EventName.POINTS_TRANSFERRED: entry(Kind.TRANSFER, **CLAIM),
    EventName.ORDER_BOOKED: entry(),
    EventName.TIER_CHANGED: RISEN,
    EventName.TIER_ENDANGERED: ENDANGERED,
}


def money_goes_back(name: EventName, kind: ItemKind) -> RedemptionChange:
    """Return the change by which a cancelled order's money is owed, or has gone back."""
    cancelled = redemption(Status.CONFIRMED, Status.CANCELLED, kind=kind)
    assert cancelled.payment
    paid = replace(cancelled.payment, paid_at=NOW)
    owed = replace(cancelled, payment=paid.to_refund(NOW))
    if name is EventName.REDEMPTION_REFUND_DUE:
        return RedemptionChange(replace(cancelled, payment=paid), owed)
    return RedemptionChange(owed, replace(owed, payment=paid.to_refund(NOW).refunded(NOW)))


def change_for(name: EventName, kind: ItemKind = ItemKind.PHYSICAL) -> Change:
    """Return a change that is told as an event of this name."""
    if name in CHANGES:
        return CHANGES[name]
    if name in {EventName.REDEMPTION_REFUND_DUE, EventName.REDEMPTION_REFUNDED}:
        return money_goes_back(name, kind)
    if name in PATHS:
        note = "Too many in one day" if name is EventName.REDEMPTION_REJECTED else None
        return reached(*PATHS[name], kind=kind, note=note)
    (kind_of_entry,) = [kind for kind, event in EVENT_OF_KIND.items() if event is name]
    return entry(kind_of_entry)


def event(name: EventName, kind: ItemKind = ItemKind.PHYSICAL) -> Event:
    """Return an event of this name, made the way the relay, or the watcher, makes it."""
    if name is EventName.ANOMALY_FOUND:
        return found_event(CASE)
    if name is EventName.ATTEMPT_REFUSED:
        return attempt_refused()
    return next(made for made in events_of(change_for(name, kind)) if made.name is name)
