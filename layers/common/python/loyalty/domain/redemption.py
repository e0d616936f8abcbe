"""A redemption: what a member ordered for points, and every step it has gone through."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from loyalty.domain.item import ItemKind, Text
from loyalty.domain.payment import Payment


class Status(StrEnum):
    """Where a redemption stands."""

    PENDING_REVIEW = "pending_review"
    PENDING_PAYMENT = "pending_payment"
    CONFIRMED = "confirmed"
    SHIPPED = "shipped"
    RECEIVED = "received"
    COMPLETED = "completed"
    REJECTED = "rejected"
    REVIEW_EXPIRED = "review_expired"
    PAYMENT_EXPIRED = "payment_expired"
    CANCELLED = "cancelled"
    FAILED = "failed"


ENDED_UNPAID = frozenset({Status.PAYMENT_EXPIRED, Status.CANCELLED})
"""Where orders end whose money has not come."""


class Verdict(StrEnum):
    """What a reviewer says."""

    APPROVE = "approve"
    REJECT = "reject"


@dataclass(frozen=True, slots=True)
class Step:
    """One status that was reached, when, and what the member is told about it."""

    status: Status
    at: datetime
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """One reviewer's word. Above the four-eyes limit a redemption needs two approvals."""

    verdict: Verdict
    reason: str
    decided_by: str
    decided_at: datetime
    act_id: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """Why a redemption waits for a person, until when, and what was decided.

    ``task_token`` resumes the state machine; it is a secret and never leaves the server.
    """

    due_at: datetime
    facts: Mapping[str, object] = field(default_factory=dict)
    approvals_needed: int = 1
    decisions: tuple[Decision, ...] = ()
    task_token: str | None = None

    @property
    def approvals(self) -> int:
        """How many reviewers have approved."""
        return sum(d.verdict is Verdict.APPROVE for d in self.decisions)

    @property
    def verdict(self) -> Verdict | None:
        """The final word, once there is one: one rejection, or enough approvals."""
        if any(d.verdict is Verdict.REJECT for d in self.decisions):
            return Verdict.REJECT
        return Verdict.APPROVE if self.approvals >= self.approvals_needed else None


@dataclass(frozen=True, slots=True)
class Shipment:
    """A parcel on its way."""

    carrier: str
    tracking_number: str
    shipped_at: datetime


@dataclass(frozen=True, slots=True)
class Redemption:
    """An order for points. ``draws``: points taken by lot; ``counted``: limit periods.

    ``cash``: what is paid in money beside the points, a decimal text in ``currency``; its
    ``payment`` begins when it may be paid. ``version`` guards every change.
    """

    redemption_id: str
    member_id: str
    request_digest: str
    item_id: str
    item_name: Text
    item_kind: ItemKind
    quantity: int
    points: int
    draws: Mapping[date, int]
    status: Status
    created_at: datetime
    option: str = "points"
    sku: str | None = None
    delivery: Mapping[str, str] = field(default_factory=dict)
    timeline: tuple[Step, ...] = ()
    review: Review | None = None
    cash: str | None = None
    currency: str | None = None
    payment: Payment | None = None
    shipment: Shipment | None = None
    code_ids: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    programme_version: int = 0
    version: int = 1

    @property
    def order_number(self) -> str:
        """The number that people say on the phone: the day, and ten digits of the id."""
        digits = int(hashlib.sha256(self.redemption_id.encode()).hexdigest(), 16) % 10**10
        return f"{self.created_at:%y%m%d}{digits:010d}"

    @property
    def partition(self) -> str:
        """The ledger partition that holds the redemption's entries."""
        return f"redemption:{self.redemption_id}"

    @property
    def is_held(self) -> bool:
        """Whether its points and pieces are held, and not yet taken."""
        return self.status in {Status.PENDING_REVIEW, Status.PENDING_PAYMENT}

    def as_submitted(self) -> "Redemption":
        """Return the redemption as its submission was answered, whatever has become of it."""
        first = self.timeline[0]
        review = replace(self.review, decisions=(), task_token=None) if self.review else None
        return replace(
            self,
            status=first.status,
            timeline=(first,),
            review=review,
            payment=self._first_payment(),
            shipment=None,
            code_ids=(),
            version=1,
        )

    def _first_payment(self) -> Payment | None:
        waited_at_once = self.timeline[0].status is Status.PENDING_PAYMENT
        return Payment(self.payment.due_at) if self.payment and waited_at_once else None

    def reach(self, status: Status, at: datetime, note: str | None = None) -> "Redemption":
        """Return the redemption in a new status, with the step in its timeline."""
        return replace(
            self,
            status=status,
            timeline=(*self.timeline, Step(status, at, note)),
            version=self.version + 1,
        )


def redemption_id_for(member_id: str, idempotency_key: str) -> str:
    """Return the id of the redemption that this member's key stands for, now and for ever."""
    digest = hashlib.sha256(f"{member_id}\n{idempotency_key}".encode()).hexdigest()
    return f"rdm_{digest[:26]}"
