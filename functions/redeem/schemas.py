"""How redemptions and quotes are shown."""

from collections.abc import Iterable
from datetime import datetime
from typing import Literal, Self

from loyalty.api.schema import Instant, Schema
from loyalty.domain.payment import Payment, PaymentState
from loyalty.domain.redemption import Redemption, Status, Verdict
from loyalty.domain.steps import Actor, allowed_acts
from redeem.forms import Delivery
from redeem.quoting import Quote


class QuoteLine(Schema):
    """One line of a quote: the price, and what makes it less. ``reason`` is a slug."""

    reason: str
    label: str
    points: int
    cash: str | None


class QuoteView(Schema):
    """What an order would cost, and what stands against it."""

    quote_id: str
    points: int
    cash: str | None
    currency: str | None
    lines: list[QuoteLine]
    eligible: bool
    reasons: list[str]
    expires_at: Instant

    @classmethod
    def of(cls, quote: Quote) -> Self:
        """Show a quote."""
        return cls.model_validate(quote)


class StepView(Schema):
    """One status that was reached."""

    status: Status
    at: Instant
    note: str | None


class ShipmentView(Schema):
    """A parcel on its way."""

    carrier: str
    tracking_number: str
    shipped_at: Instant


class CodeRef(Schema):
    """A code that its owner may reveal."""

    code_id: str


class PaymentView(Schema):
    """What has become of the money beside the points."""

    state: PaymentState
    due_at: Instant
    paid_at: Instant | None
    refunded_at: Instant | None

    @classmethod
    def of(cls, payment: Payment) -> Self:
        """Show a payment."""
        refunded_at = payment.refund.done_at if payment.refund else None
        return cls(
            state=payment.state,
            due_at=payment.due_at,
            paid_at=payment.paid_at,
            refunded_at=refunded_at,
        )


class PaymentPageView(Schema):
    """The provider's page on which the money is paid, and until when."""

    url: str
    cash: str
    currency: str
    expires_at: Instant


class CallbackTaken(Schema):
    """What became of a provider's callback."""

    status: Literal["taken", "ignored"]


class RedemptionView(Schema):
    """A redemption as its owner, or an operator, sees it."""

    redemption_id: str
    order_number: str
    status: Status
    item_id: str
    item_name: dict[str, str]
    quantity: int
    option: str
    points: int
    cash: str | None = None
    currency: str | None = None
    payment: PaymentView | None = None
    delivery: Delivery | None
    timeline: list[StepView]
    shipment: ShipmentView | None
    codes: list[CodeRef]
    expected_by: datetime | None = None
    allowed_actions: list[str]
    created_at: Instant

    @classmethod
    def of(cls, redemption: Redemption) -> Self:
        """Show a redemption to its owner."""
        return cls(**_shown(redemption, Actor.MEMBER))

    @classmethod
    def as_submitted(cls, redemption: Redemption) -> Self:
        """Show a redemption as it was when it was submitted: a repetition's answer too."""
        return cls.of(redemption.as_submitted())


class DecisionView(Schema):
    """One reviewer's word, as it stands in the order."""

    verdict: Verdict
    reason: str
    decided_by: str
    decided_at: Instant


class ReviewedRedemption(RedemptionView):
    """A redemption as operators see it, with what its review knows."""

    member_id: str
    due_at: Instant | None
    facts: dict[str, object]
    approvals: int
    approvals_needed: int
    decisions: list[DecisionView]

    @classmethod
    def of(cls, redemption: Redemption) -> Self:
        """Show a redemption to an operator."""
        review = redemption.review
        return cls(
            **_shown(redemption, Actor.OPERATOR),
            member_id=redemption.member_id,
            due_at=review.due_at if review else None,
            facts=dict(review.facts) if review else {},
            approvals=review.approvals if review else 0,
            approvals_needed=review.approvals_needed if review else 0,
            decisions=[DecisionView.model_validate(d) for d in review.decisions] if review else [],
        )


class RedemptionList(Schema):
    """A part of a member's redemptions."""

    items: list[RedemptionView]
    next_cursor: str | None

    @classmethod
    def of(cls, redemptions: Iterable[Redemption], next_cursor: str | None) -> Self:
        """Show a part of a list."""
        return cls(items=[RedemptionView.of(r) for r in redemptions], next_cursor=next_cursor)


class ReviewList(Schema):
    """A part of what waits for a reviewer."""

    items: list[ReviewedRedemption]
    next_cursor: str | None

    @classmethod
    def of(cls, redemptions: Iterable[Redemption], next_cursor: str | None) -> Self:
        """Show a part of a list."""
        return cls(items=[ReviewedRedemption.of(r) for r in redemptions], next_cursor=next_cursor)


class Code(Schema):
    """A code, shown to its owner."""

    code_id: str
    code: str


def _shown(redemption: Redemption, actor: Actor) -> dict[str, object]:
    return {
        "redemption_id": redemption.redemption_id,
        "order_number": redemption.order_number,
        "status": redemption.status,
        "item_id": redemption.item_id,
        "item_name": dict(redemption.item_name),
        "quantity": redemption.quantity,
        "option": redemption.option,
        "points": redemption.points,
        "cash": redemption.cash,
        "currency": redemption.currency,
        "payment": redemption.payment and PaymentView.of(redemption.payment),
        "delivery": Delivery(**redemption.delivery) if redemption.delivery else None,
        "timeline": [StepView.model_validate(step) for step in redemption.timeline],
        "shipment": redemption.shipment and ShipmentView.model_validate(redemption.shipment),
        "codes": [CodeRef(code_id=code_id) for code_id in redemption.code_ids],
        "allowed_actions": [act.value for act in allowed_acts(redemption, actor)],
        "created_at": redemption.created_at,
    }
