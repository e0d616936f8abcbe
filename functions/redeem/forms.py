"""What members and operators may ask of redemptions."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from loyalty.api.schema import Reason, Schema
from loyalty.domain.redemption import Verdict
from redeem.orders import Order

Line = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Delivery(Schema):
    """Where it goes: an address for a parcel, a contact for a service, nothing for a code."""

    recipient: Line | None = None
    phone: Line | None = None
    email: Line | None = None
    contact: Line | None = None
    country: Line | None = None
    province: Line | None = None
    city: Line | None = None
    line1: Line | None = None
    line2: Line | None = None
    postal_code: Line | None = None
    slot_id: Line | None = None


class QuoteRequest(Schema):
    """What would be ordered."""

    item_id: Annotated[str, StringConstraints(min_length=1, max_length=64)]
    quantity: Annotated[int, Field(strict=True, ge=1, le=1_000)] = 1
    sku: Line | None = None
    option: Literal["points", "points_cash"] = "points"

    def order(self) -> Order:
        """Return the order that is meant."""
        return Order(self.item_id, self.quantity, self.option, self.sku)


class RedemptionRequest(QuoteRequest):
    """An order; ``expected_points`` is the price that the member confirmed."""

    expected_points: Annotated[int, Field(strict=True, ge=0)] | None = None
    expected_cash: Line | None = None
    delivery: Delivery | None = None

    def order(self) -> Order:
        """Return the order that is meant."""
        delivery = self.delivery.model_dump(exclude_none=True) if self.delivery else {}
        return Order(
            self.item_id,
            self.quantity,
            self.option,
            self.sku,
            self.expected_points,
            self.expected_cash,
            delivery,
        )


class DecisionRequest(Schema):
    """A reviewer's word."""

    decision: Verdict
    reason: Reason


class ShipmentRequest(Schema):
    """A parcel on its way."""

    carrier: Line
    tracking_number: Line
