"""Carts as shops and apps send them, and what they are told."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Any

from pydantic import Field

from earn.previewing import ZERO, Cart, Forecast
from earn.shops.fields import Category, Currency, Id, Money, Quantity, Sku
from loyalty.api.schema import Schema
from loyalty.domain.orders import OrderLine


class CartLine(Schema):
    """``amount`` is the line's total: tax included, shipping not."""

    sku: Sku
    category: Category | None = None
    quantity: Quantity = 1
    amount: Money
    margin_class: Category | None = None


class CartForm(Schema):
    """A cart: like a paid order of the standard webhook, before it has an id."""

    member_id: Id | None = None
    currency: Currency
    lines: Annotated[list[CartLine], Field(min_length=1, max_length=1000)]
    discount: Money = ZERO
    tax: Money = ZERO
    points_offset: Money = ZERO

    def cart(self) -> Cart:
        """Return the cart in the programme's own words."""
        facts = self.model_dump(exclude={"lines"})
        return Cart(**facts, lines=[OrderLine(**line.model_dump()) for line in self.lines])


class OffsetView(Schema):
    """What the member's points could take off the order: `worth`, in its currency."""

    points: int
    worth: Decimal
    currency: str


class Preview(Schema):
    """What a cart would earn, and why; from when it would be usable, and until when.

    `offset` is there where points may pay for a part, and it is known whose they are.
    """

    points: int
    usable_on: date
    expires_on: date
    explanation: dict[str, Any]
    offset: OffsetView | None

    @classmethod
    def of(cls, forecast: Forecast, currency: str) -> "Preview":
        """Return what a forecast tells."""
        reckoning, offset = forecast.reckoning, forecast.offset
        return cls(
            points=reckoning.grant.points,
            usable_on=reckoning.usable_on or reckoning.today,
            expires_on=reckoning.grant.lot,
            explanation=reckoning.explanation,
            offset=OffsetView(points=offset.points, worth=offset.worth, currency=currency)
            if offset
            else None,
        )
