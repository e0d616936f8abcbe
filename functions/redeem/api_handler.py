"""Redemptions over HTTP: members quote, submit and follow; operators decide and ship."""

from loyalty.api import create_app
from loyalty.api.auth import CurrentMember, Operator, Reader, Reviewer
from loyalty.api.idempotency import IdempotencyKey
from loyalty.api.language import Language
from loyalty.api.pagination import Paging
from loyalty.bootstrap import mall
from redeem import booking, cancel, review, service, ship, submit
from redeem.forms import (
    DecisionRequest,
    Delivery,
    QuoteRequest,
    RedemptionRequest,
    ShipmentRequest,
)
from redeem.payments import opening
from redeem.schemas import (
    Code,
    PaymentPageView,
    QuoteView,
    RedemptionList,
    RedemptionView,
    ReviewedRedemption,
    ReviewList,
)

app = create_app("redeem")
lambda_handler = app.resolve


@app.post("/v1/redemptions/quotes")
def quote_redemption(body: QuoteRequest, caller: CurrentMember, language: Language) -> QuoteView:
    """What an order would cost this member now, line by line, and what stands against it."""
    quote = service.quote_redemption(mall(), caller.subject, body.order(), language)
    return QuoteView.of(quote)


@app.post("/v1/redemptions", status_code=201)
def submit_redemption(
    body: RedemptionRequest, caller: CurrentMember, key: IdempotencyKey, language: Language
) -> RedemptionView:
    """Redeem points: they are deducted at once, or held while the order is reviewed."""
    order, origin = body.order(), caller.origin
    redemption = submit.submit_redemption(mall(), caller.subject, key, order, origin, language)
    return RedemptionView.as_submitted(redemption)


@app.get("/v1/redemptions")
def list_redemptions(caller: CurrentMember, paging: Paging) -> RedemptionList:
    """The member's redemptions, newest first."""
    page = mall().redemptions.of_member(
        caller.subject, limit=paging.limit, position=paging.position
    )
    return RedemptionList.of(page.items, paging.cursor_after(page))


@app.get("/v1/redemptions/<redemption_id>")
def show_redemption(redemption_id: str, caller: CurrentMember) -> RedemptionView:
    """One of the member's redemptions."""
    return RedemptionView.of(booking.owned(mall(), caller.subject, redemption_id))


@app.post("/v1/redemptions/<redemption_id>/cancel")
def cancel_redemption(
    redemption_id: str, caller: CurrentMember, key: IdempotencyKey
) -> RedemptionView:
    """Cancel while nobody has begun to fulfil it: points and pieces go back."""
    return RedemptionView.of(cancel.cancel_redemption(mall(), caller.subject, redemption_id))


@app.post("/v1/redemptions/<redemption_id>/payments", status_code=201)
def open_payment(redemption_id: str, caller: CurrentMember, key: IdempotencyKey) -> PaymentPageView:
    """Open the provider's page on which the order's money is paid; it is the same each time."""
    page = opening.open_payment(mall(), caller.subject, redemption_id)
    return PaymentPageView.model_validate(page)


@app.put("/v1/redemptions/<redemption_id>/delivery")
def change_delivery(redemption_id: str, body: Delivery, caller: CurrentMember) -> RedemptionView:
    """Change the address while the parcel has not left."""
    address = body.model_dump(exclude_none=True)
    return RedemptionView.of(ship.change_delivery(mall(), caller.subject, redemption_id, address))


@app.post("/v1/redemptions/<redemption_id>/receipt")
def confirm_receipt(
    redemption_id: str, caller: CurrentMember, key: IdempotencyKey
) -> RedemptionView:
    """Confirm that the parcel has arrived."""
    return RedemptionView.of(ship.confirm_receipt(mall(), caller.subject, redemption_id))


@app.post("/v1/redemptions/<redemption_id>/codes/<code_id>/reveal")
def reveal_code(redemption_id: str, code_id: str, caller: CurrentMember) -> Code:
    """Show a code to the member who redeemed it."""
    code = service.reveal_code(mall(), caller.subject, redemption_id, code_id, caller.origin)
    return Code(code_id=code_id, code=code)


@app.get("/v1/admin/reviews")
def list_reviews(caller: Reader, paging: Paging) -> ReviewList:
    """What waits for a reviewer, with the facts that sent it there; due first first."""
    page = service.reviews(mall(), paging.limit, paging.position)
    return ReviewList.of(page.items, paging.cursor_after(page))


@app.get("/v1/admin/redemptions/<redemption_id>")
def show_any_redemption(redemption_id: str, caller: Reader) -> ReviewedRedemption:
    """One redemption, as operators see it."""
    return ReviewedRedemption.of(booking.existing(mall(), redemption_id))


@app.post("/v1/admin/redemptions/<redemption_id>/decision")
def decide(
    redemption_id: str, body: DecisionRequest, caller: Reviewer, key: IdempotencyKey
) -> ReviewedRedemption:
    """Approve or reject what waits; above the four-eyes limit two reviewers must approve."""
    word = review.Word(body.decision, body.reason, key)
    return ReviewedRedemption.of(review.decide(mall(), caller.operator, redemption_id, word))


@app.post("/v1/admin/redemptions/<redemption_id>/shipments")
def ship_redemption(
    redemption_id: str, body: ShipmentRequest, caller: Operator, key: IdempotencyKey
) -> ReviewedRedemption:
    """Note the parcel that is on its way."""
    parcel = ship.Parcel(body.carrier, body.tracking_number)
    return ReviewedRedemption.of(ship.ship(mall(), caller.operator, redemption_id, key, parcel))
