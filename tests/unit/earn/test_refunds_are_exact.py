"""Whatever a shop sells and gives back: the base is never negative, and all of it comes back."""

import json
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from earn.shops import translate
from loyalty.domain.orders import OrderEvent, OrderPaid, OrderRefunded

CENT = Decimal("0.01")
WHEN = "2026-11-21T08:30:00"
RATES = [Decimal(rate) for rate in ("0", "0.05", "0.07", "0.0725", "0.1", "0.19", "0.25")]

cents = st.integers(0, 5_000_000).map(lambda n: n * CENT)
signed_cents = st.integers(-5_000_000, 5_000_000).map(lambda n: n * CENT)


def rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def shares(total: Decimal, cuts: list[int]) -> list[Decimal]:
    """Cut an amount into parts, to the cent, that add up to it."""
    marks = [rounded(total * cut / 100) for cut in sorted({0, *cuts, 100})]
    return [after - before for before, after in pairwise(marks)]


cut_points = st.lists(st.integers(1, 99), max_size=4)


def paid(events: tuple[OrderEvent, ...]) -> Decimal:
    (event,) = [event for event in events if isinstance(event, OrderPaid)]
    return event.purchase.base


def refunded(events: tuple[OrderEvent, ...]) -> Decimal:
    amounts = [event.amount for event in events if isinstance(event, OrderRefunded)]
    assert all(amount > 0 for amount in amounts)
    return sum(amounts, Decimal(0))


# --- our own webhook ---------------------------------------------------------------------------


def standard(kind: str, data: dict[str, Any]) -> tuple[OrderEvent, ...]:
    body = {"type": kind, "timestamp": f"{WHEN}Z", "data": data}
    return translate("standard", {}, json.dumps(body, default=str).encode())


@given(
    amounts=st.lists(cents, min_size=1, max_size=5),
    discount=cents,
    tax=cents,
    offset=cents,
    cuts=cut_points,
)
def test_standard(
    amounts: list[Decimal], discount: Decimal, tax: Decimal, offset: Decimal, cuts: list[int]
) -> None:
    lines = [{"sku": "S", "quantity": 1, "amount": amount} for amount in amounts]
    deductions = {"discount": discount, "tax": tax, "points_offset": offset, "shipping": "8.00"}
    order = {"order_id": "A", "currency": "CNY", "lines": lines, "paid_at": f"{WHEN}Z"}
    base = paid(standard("order.paid", order | deductions))
    assert base == max(sum(amounts) - discount - tax - offset, Decimal(0))
    given_back = Decimal(0)
    for number, part in enumerate(shares(base, cuts)):
        refund = {"order_id": "A", "refund_id": number, "amount": part, "refunded_at": f"{WHEN}Z"}
        given_back += refunded(standard("order.refunded", refund))
    assert given_back == base


# --- Shopify -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sold:
    quantity: int
    price: Decimal
    discount: Decimal
    rate: Decimal
    included: bool

    @property
    def charged(self) -> Decimal:
        return self.price * self.quantity - self.discount

    @property
    def tax(self) -> Decimal:
        share = self.rate / (1 + self.rate) if self.included else self.rate
        return rounded(self.charged * share)

    def payload(self) -> dict[str, Any]:
        tax_lines = [{"title": "VAT", "price": self.tax, "rate": float(self.rate)}]
        return {
            "quantity": self.quantity,
            "price": self.price,
            "discount_allocations": [{"amount": self.discount}],
            "tax_lines": tax_lines if self.rate else [],
        }


@st.composite
def baskets(draw: st.DrawFn) -> list[Sold]:
    """Lines of at least 5.00, from where the footing of a price shows through the rounding."""
    included = draw(st.booleans())
    basket = []
    for _ in range(draw(st.integers(1, 4))):
        quantity = draw(st.integers(1, 5))
        price = draw(st.integers(500, 500_000)) * CENT
        most = int((price * quantity - 5) / CENT)
        discount = draw(st.integers(0, most)) * CENT
        basket.append(Sold(quantity, price, discount, draw(st.sampled_from(RATES)), included))
    return basket


def shopify(topic: str, body: dict[str, Any]) -> tuple[OrderEvent, ...]:
    return translate("shopify", {"x-shopify-topic": topic}, json.dumps(body, default=str).encode())


def order_of(basket: list[Sold]) -> dict[str, Any]:
    shipping = {"price": "8.00", "tax_lines": [{"price": "0.80", "rate": 0.1}]}
    return {
        "id": 1,
        "currency": "EUR",
        "taxes_included": basket[0].included,
        "line_items": [sold.payload() for sold in basket],
        "shipping_lines": [shipping],
        "created_at": f"{WHEN}Z",
    }


@given(basket=baskets(), cuts=cut_points)
def test_shopify(basket: list[Sold], cuts: list[int]) -> None:
    base = paid(shopify("orders/paid", order_of(basket)))
    assert base == sum(s.charged - (s.tax if s.included else 0) for s in basket)
    given_back = Decimal(0)
    for number, sold in enumerate(basket):
        parts = zip(shares(sold.charged, cuts), shares(sold.tax, cuts), strict=True)
        for step, (subtotal, tax) in enumerate(parts):
            line = {"subtotal": subtotal, "total_tax": tax, "line_item": sold.payload()}
            refund = {"id": f"{number}-{step}", "order_id": 1, "created_at": f"{WHEN}Z"}
            given_back += refunded(
                shopify("refunds/create", refund | {"refund_line_items": [line]})
            )
    assert given_back == base


@given(quantity=st.integers(1, 9), price=cents, discount=cents, tax=cents, included=st.booleans())
def test_shopify_never_earns_on_less_than_nothing(
    quantity: int, price: Decimal, discount: Decimal, tax: Decimal, included: bool
) -> None:
    line = {
        "quantity": quantity,
        "price": price,
        "total_discount": discount,
        "tax_lines": [{"price": tax, "rate": 0.1}],
    }
    body = order_of([Sold(1, CENT, Decimal(0), Decimal(0), included)]) | {"line_items": [line]}
    assert paid(shopify("orders/paid", body)) >= 0


# --- WooCommerce -------------------------------------------------------------------------------


def woocommerce(body: dict[str, Any]) -> tuple[OrderEvent, ...]:
    headers = {"x-wc-webhook-topic": "order.updated"}
    return translate("woocommerce", headers, json.dumps(body, default=str).encode())


@given(
    lines=st.lists(st.tuples(cents, st.sampled_from(RATES)), min_size=1, max_size=5),
    fee=signed_cents,
    shipping=cents,
    cuts=cut_points,
)
def test_woocommerce(
    lines: list[tuple[Decimal, Decimal]], fee: Decimal, shipping: Decimal, cuts: list[int]
) -> None:
    items = [
        {"sku": "S", "quantity": 1, "total": net, "total_tax": rounded(net * rate)}
        for net, rate in lines
    ]
    total = sum((net + rounded(net * rate) for net, rate in lines), fee + shipping)
    refunds = [
        {"id": number, "reason": "", "total": f"-{part}"}
        for number, part in enumerate(shares(max(total, Decimal(0)), cuts))
    ]
    events = woocommerce(
        {
            "id": 727,
            "status": "completed",
            "currency": "EUR",
            "customer_id": 26,
            "line_items": items,
            "fee_lines": [{"total": fee, "total_tax": "0.00"}],
            "refunds": refunds,
            "date_created_gmt": WHEN,
            "date_paid_gmt": WHEN,
        }
    )
    base = paid(events)
    assert base == max(sum(net for net, _ in lines) + min(fee, Decimal(0)), Decimal(0))
    assert refunded(events) == base if total > 0 else refunded(events) == 0
