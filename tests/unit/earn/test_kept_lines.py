"""An entry keeps its order's lines, and stays below the kilobyte that a write unit pays for."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from earn.grants import reckon
from earn.kept_lines import keep_lines, lines_of
from earn.rules import Scene
from loyalty.adapters.dynamodb.ledger_rows import entry_item
from loyalty.domain.account import Kind
from loyalty.domain.birthday import BirthdayRules
from loyalty.domain.buyer import Buyer
from loyalty.domain.entry import Entry, EntryKey
from loyalty.domain.orders import CustomerRef, OrderLine, Purchase
from loyalty.domain.programme import CurrencyRates, Programme, Rate
from loyalty.domain.rates import Caps
from support.campaigning import TIERS, campaign
from support.sizes import KILOBYTE, size

AT = datetime(2026, 11, 21, 8, 30, 59, 123456, tzinfo=UTC)
RULES = Programme(
    version=12,
    rates={"CNY": CurrencyRates(Rate(1), {"preorder": Rate(1, Decimal("5.00"))}, {"S1": Rate(3)})},
)


def line(sku: str, category: str | None = None, amount: str = "1180.00") -> OrderLine:
    return OrderLine(sku, category, 2, Decimal(amount))


def entry_of(lines: list[OrderLine], rules: Programme = RULES, scene: Scene | None = None) -> Entry:
    purchase = Purchase(
        order_id="8250001829",
        customer=CustomerRef(customer_id="7001"),
        currency="CNY",
        lines=tuple(lines),
        discount=Decimal("11.11"),
        tax=Decimal("97.35"),
        points_offset=Decimal(0),
        paid_at=AT,
    )
    reckoning = reckon(purchase, AT, rules, AT + timedelta(minutes=1), scene)
    return Entry(
        key=EntryKey("order:woocommerce-europe:8250001829", "paid"),
        member_id=str(UUID(int=2**127)),
        kind=Kind.EARN,
        occurred_at=AT,
        recorded_at=AT,
        reason="purchase",
        actor="shop:woocommerce-europe",
        lots={reckoning.grant.lot: reckoning.grant.points},
        reference="8250001829",
        programme_version=12,
        explanation=reckoning.explanation,
    )


@pytest.mark.parametrize("lines", [1, 3, 6, 7, 60])
def test_the_entry_of_an_order_of_any_length_fits_into_a_kilobyte(lines: int) -> None:
    categories = [None, "preorder", "tea"]
    of_order = [line(f"SKU-{n:06}", categories[n % 3]) for n in range(lines)]
    assert size(entry_item(entry_of([*of_order, line("S1")]))) <= KILOBYTE


def test_lines_of_one_sku_are_kept_as_one() -> None:
    kept = keep_lines([line("S2", "tea", "1.50"), line("S2", "tea", "2.25"), line("S2")], {})
    assert kept == [["S2", "tea", "3.75", "4"], ["S2", "", "1180.00", "2"]]
    assert lines_of(kept)[0] == OrderLine("S2", "tea", 4, Decimal("3.75"))


def test_one_piece_and_no_margin_class_need_not_be_said() -> None:
    of_order = [
        OrderLine("S2", None, 1, Decimal("5")),
        OrderLine("S2", "tea", 1, Decimal("6"), "basics"),
    ]
    kept = keep_lines(of_order, {})
    assert kept == [["S2", "", "5"], ["S2", "tea", "6", "1", "basics"]]
    assert list(lines_of(kept)) == of_order


def test_a_long_order_keeps_the_skus_that_have_a_rate_of_their_own() -> None:
    kept = keep_lines([*(line(f"SKU-{n:06}", "tea", "1") for n in range(40)), line("S1")], {"S1"})
    assert kept == [["", "tea", "40", "80"], ["S1", "", "1180.00", "2"]]


def test_an_entry_with_tier_birthday_and_campaigns_fits_into_a_kilobyte_too() -> None:
    rules = replace(RULES, tiers=TIERS, birthday=BirthdayRules(), caps=Caps(per_order=5_000))
    buyer = Buyer("silver", AT, date(2026, 11, 1), ("tea-lover", "vip", "sleeping"), True)
    campaigns = [campaign(f"cmp_0123456789a{n}", stackable=True, budget=900) for n in range(2)]
    of_order = [line(f"SKU-{n:06}", "preorder") for n in range(6)]
    entry = entry_of(of_order, rules, Scene(buyer, campaigns))
    assert len(entry.explanation["campaigns"]) == 2  # type: ignore[arg-type] # it is a list
    assert size(entry_item(entry)) <= KILOBYTE
