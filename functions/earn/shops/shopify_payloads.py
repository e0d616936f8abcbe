"""What we read of Shopify's order and refund payloads (REST shape, API 2024-10 and later).

Amounts without ``_set`` are in the shop's currency, as is the order's ``currency``. A price
includes tax where the order says ``taxes_included``; a refund does not say, see ``includes_tax``.
"""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from earn.shops.fields import (
    Category,
    Currency,
    Id,
    Instant,
    Money,
    Note,
    Payload,
    Quantity,
    SignedMoney,
    Sku,
    decimals,
)

ZERO = Decimal(0)
CENT = Decimal("0.01")


class Amount(Payload):
    """One side of a ``…_set``."""

    amount: SignedMoney
    currency_code: Currency


class MoneySet(Payload):
    """The same amount in the shop's and in the customer's currency; we read the shop's."""

    shop_money: Amount


class TaxLine(Payload):
    """One tax on a line."""

    price: Money
    rate: Money | None = None


class Allocation(Payload):
    """The part of a discount, of the line or of the order, that falls on a line."""

    amount: Money


class LineItem(Payload):
    """A line as it was ordered; refunds and removals do not change it."""

    sku: Sku | None = None
    product_type: Category | None = None
    quantity: Quantity
    price: Money
    total_discount: Money = ZERO
    discount_allocations: tuple[Allocation, ...] = ()
    tax_lines: tuple[TaxLine, ...] = ()
    gift_card: bool = False
    tip: Any = None

    @property
    def is_goods(self) -> bool:
        """A gift card earns when it pays for goods, not when it is bought; a tip never."""
        return not self.gift_card and self.tip is None

    @property
    def charged(self) -> Decimal:
        """What the line cost after every discount that fell on it."""
        allocated = sum((part.amount for part in self.discount_allocations), ZERO)
        return max(self.price * self.quantity - (allocated or self.total_discount), ZERO)

    @property
    def tax(self) -> Decimal:
        """The line's taxes together."""
        return sum((tax.price for tax in self.tax_lines), ZERO)


class ShippingLine(Payload):
    """What sending cost."""

    price: Money
    discounted_price: Money | None = None
    tax_lines: tuple[TaxLine, ...] = ()

    @property
    def charged(self) -> Decimal:
        """What was charged for it."""
        return self.price if self.discounted_price is None else self.discounted_price


class Customer(Payload):
    """The customer's account at the shop."""

    id: Id


class Order(Payload):
    """The payload of every ``orders/…`` topic that we follow."""

    id: Id
    currency: Currency
    taxes_included: bool = False
    total_tax: Money = ZERO
    line_items: tuple[LineItem, ...]
    shipping_lines: tuple[ShippingLine, ...] = ()
    customer: Customer | None = None
    note_attributes: tuple[Note, ...] = ()
    financial_status: str | None = None
    test: bool = False
    created_at: Instant
    processed_at: Instant | None = None
    updated_at: Instant | None = None
    cancelled_at: Instant | None = None

    @property
    def goods(self) -> list[LineItem]:
        """The lines that can earn."""
        return [line for line in self.line_items if line.is_goods]

    @property
    def included_tax(self) -> Decimal:
        """The tax that the goods' prices include."""
        if not self.taxes_included:
            return ZERO
        taxed: list[LineItem | ShippingLine] = [*self.line_items, *self.shipping_lines]
        if any(line.tax_lines for line in taxed):
            return sum((line.tax for line in self.goods), ZERO)
        # an order that was made through the API may state its tax as a whole only
        charged = sum((line.charged for line in taxed), ZERO)
        goods = sum((line.charged for line in self.goods), ZERO)
        share = self.total_tax * goods / charged if charged else ZERO
        return share.quantize(CENT, ROUND_HALF_UP)


class RefundLine(Payload):
    """A line given back: ``subtotal`` stands on the footing of the order's prices."""

    subtotal: Money
    subtotal_set: MoneySet | None = None
    total_tax: Money = ZERO
    total_tax_set: MoneySet | None = None
    line_item: LineItem

    @property
    def charged(self) -> Decimal:
        """What the customer had paid for it, in the shop's currency."""
        return self.subtotal_set.shop_money.amount if self.subtotal_set else self.subtotal

    @property
    def tax(self) -> Decimal:
        """Its tax, in the shop's currency."""
        return self.total_tax_set.shop_money.amount if self.total_tax_set else self.total_tax


class Adjustment(Payload):
    """The difference between what the lines come to and what was paid back; out is negative."""

    amount: SignedMoney
    amount_set: MoneySet | None = None
    kind: str | None = None

    @property
    def paid_back(self) -> Decimal:
        """What the customer got beyond the lines; shipping is none of ours."""
        amount = self.amount_set.shop_money.amount if self.amount_set else self.amount
        return ZERO if self.kind == "shipping_refund" else max(-amount, ZERO)


class Refund(Payload):
    """The payload of ``refunds/create``."""

    id: Id
    order_id: Id
    created_at: Instant
    processed_at: Instant | None = None
    refund_line_items: tuple[RefundLine, ...] = ()
    order_adjustments: tuple[Adjustment, ...] = ()

    @property
    def goods(self) -> list[RefundLine]:
        """The lines that could earn."""
        return [line for line in self.refund_line_items if line.line_item.is_goods]

    @property
    def amount(self) -> Decimal:
        """What of the goods was given back, net of tax, as the order's base was measured."""
        charged = sum((line.charged for line in self.goods), ZERO)
        if includes_tax([line.line_item for line in self.goods]):
            charged -= sum((line.tax for line in self.goods), ZERO)
        return charged + sum((part.paid_back for part in self.order_adjustments), ZERO)


def includes_tax(lines: Sequence[LineItem]) -> bool:
    """Tell from rates and taxes whether prices include tax, which a refund does not state.

    At rate r, tax is r × price where prices are net, and r × (price − tax) where they are gross.
    What fits the second better, and to the rounding of each tax, is gross; anything else is net,
    as Shopify's own default is.
    """
    tax = net = gross = rounding = ZERO
    for line in lines:
        rate = sum((part.rate or ZERO for part in line.tax_lines), ZERO)
        net += rate * line.charged
        gross += rate * (line.charged - line.tax)
        tax += line.tax
        rounding += sum((Decimal(1).scaleb(-decimals(part.price)) for part in line.tax_lines), ZERO)
    return abs(tax - gross) <= rounding and abs(tax - gross) < abs(tax - net)
