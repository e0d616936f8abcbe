"""Events: what the mall tells others after it has happened, in a form that outlives the code.

The relay makes them from changes of the tables, the bus carries them, queues read them. An event
is told at least once, so readers tell repetitions by its ``event_id``. docs/events.md lists them.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import cast

VERSION = 1


class EventName(StrEnum):
    """What can have happened: the detail type on the bus."""

    POINTS_EARNED = "PointsEarned"
    POINTS_MATURED = "PointsMatured"
    POINTS_CLAWED_BACK = "PointsClawedBack"
    POINTS_LAPSED = "PointsLapsed"
    POINTS_ADJUSTED = "PointsAdjusted"
    POINTS_EXPIRING = "PointsExpiring"
    POINTS_TRANSFERRED = "PointsTransferred"
    REDEMPTION_SUBMITTED = "RedemptionSubmitted"
    REDEMPTION_PAYMENT_DUE = "RedemptionPaymentDue"
    REDEMPTION_CONFIRMED = "RedemptionConfirmed"
    REDEMPTION_SHIPPED = "RedemptionShipped"
    REDEMPTION_RECEIVED = "RedemptionReceived"
    REDEMPTION_COMPLETED = "RedemptionCompleted"
    REDEMPTION_REJECTED = "RedemptionRejected"
    REDEMPTION_REVIEW_EXPIRED = "RedemptionReviewExpired"
    REDEMPTION_PAYMENT_EXPIRED = "RedemptionPaymentExpired"
    REDEMPTION_CANCELLED = "RedemptionCancelled"
    REDEMPTION_FAILED = "RedemptionFailed"
    REDEMPTION_REFUND_DUE = "RedemptionRefundDue"
    REDEMPTION_REFUNDED = "RedemptionRefunded"
    CUSTOMER_LINKED = "CustomerLinked"
    ORDER_BOOKED = "OrderBooked"
    TIER_CHANGED = "TierChanged"
    TIER_ENDANGERED = "TierEndangered"
    ATTEMPT_REFUSED = "AttemptRefused"
    ANOMALY_FOUND = "AnomalyFound"
    RECORD_NOT_UNDERSTOOD = "RecordNotUnderstood"

    @property
    def source(self) -> str:
        """The area it comes from, as the bus names it."""
        if self is EventName.POINTS_EXPIRING:
            return "loyalty.expiry"
        if self.startswith("Points"):
            return "loyalty.account"
        if self.startswith("Redemption"):
            return "loyalty.redeem"
        if self.startswith("Tier"):
            return "loyalty.tier"
        return _SOURCES.get(self, "loyalty.relay")


_SOURCES = {
    EventName.CUSTOMER_LINKED: "loyalty.member",
    EventName.ORDER_BOOKED: "loyalty.earn",
    EventName.ATTEMPT_REFUSED: "loyalty.insight",
    EventName.ANOMALY_FOUND: "loyalty.insight",
}


class EventUnreadable(ValueError):
    """This is no event of the mall, or one of a version that this code does not know."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened. ``facts`` are plain JSON values, always all of the event's own.

    ``occurred_at`` is when it happened in the world, ``recorded_at`` when the mall wrote it down.
    """

    name: EventName
    event_id: str
    occurred_at: datetime
    recorded_at: datetime
    facts: Mapping[str, object]

    @property
    def member_id(self) -> str:
        """Whom it happened to; what has happened to nobody yet must not be asked."""
        return cast(str, self.facts["member_id"])

    @property
    def detail(self) -> dict[str, object]:
        """The event as the bus carries it."""
        return {
            "version": VERSION,
            "event_id": self.event_id,
            "occurred_at": _written(self.occurred_at),
            "recorded_at": _written(self.recorded_at),
            **self.facts,
        }


def read_event(envelope: str) -> Event:
    """Return the event in an envelope of the bus, as a queue delivers it.

    Raises:
        EventUnreadable: it is none of ours, or of a version that this code does not know.
    """
    try:
        outside = json.loads(envelope)
        detail = dict(outside["detail"])
        if detail.pop("version") != VERSION:
            raise EventUnreadable(f"This reads version {VERSION} of events.")
        return Event(
            name=EventName(outside["detail-type"]),
            event_id=str(detail.pop("event_id")),
            occurred_at=_read(detail.pop("occurred_at")),
            recorded_at=_read(detail.pop("recorded_at")),
            facts=detail,
        )
    except (ValueError, KeyError, TypeError) as error:
        raise EventUnreadable(f"{type(error).__name__}: {error}") from error


def _written(instant: datetime) -> str:
    return instant.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _read(instant: str) -> datetime:
    read = datetime.fromisoformat(instant)
    if read.tzinfo is None:
        raise EventUnreadable(f"{instant} names no time zone.")
    return read.astimezone(UTC)
