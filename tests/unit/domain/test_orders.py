"""What earns in a shop's order, and who bought it."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from loyalty.domain.orders import CustomerRef, OrderLine, Purchase


def purchase(*amounts: str, **deductions: str) -> Purchase:
    taken: dict[str, Any] = {name: Decimal(0) for name in ("discount", "tax", "points_offset")}
    taken |= {name: Decimal(amount) for name, amount in deductions.items()}
    lines = tuple(OrderLine("S", None, 1, Decimal(amount)) for amount in amounts)
    paid_at = datetime(2026, 11, 21, tzinfo=UTC)
    return Purchase("A1", CustomerRef("lin"), "CNY", lines, paid_at=paid_at, **taken)


def test_goods_earn_net_of_discounts_tax_and_what_points_have_paid() -> None:
    order = purchase("100.00", "18.00", discount="8.00", tax="10.00", points_offset="5.50")
    assert order.base == Decimal("94.50")


def test_the_base_is_never_below_nothing() -> None:
    assert purchase("10.00", discount="30.00").base == 0
    assert purchase().base == 0


@pytest.mark.parametrize(
    ("customer", "is_guest"),
    [
        (CustomerRef(), True),
        (CustomerRef(member_id="lin"), False),
        (CustomerRef(customer_id="207119551"), False),
    ],
)
def test_who_is_neither_member_nor_customer_is_a_guest(
    customer: CustomerRef, is_guest: bool
) -> None:
    assert customer.is_guest is is_guest
