"""The guide to programmes shows documents that hold, and points that they give."""

import json
import re
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from earn.document import ProgrammeDocument
from earn.grants import reckon
from earn.rules.factors import factors_of
from house.documents import rows_of, text_of
from loyalty.domain.buyer import Buyer
from loyalty.domain.orders import CustomerRef, OrderLine, Purchase

GUIDE = text_of("how-to/write-a-programme.md")
DOCUMENTS = [json.loads(it) for it in re.findall(r"```json programme\n(.*?)```", GUIDE, re.DOTALL)]
EXAMPLES = [row for row in rows_of(GUIDE) if re.fullmatch(r"\d{4}-\d\d-\d\d", row[0])]


TIERS = [row for row in rows_of(GUIDE) if row[0] in {"regular", "silver", "gold"}]
NOW = datetime(2026, 11, 21, 4, tzinfo=UTC)


def test_the_documents_of_the_guide_can_be_published() -> None:
    assert len(DOCUMENTS) >= 2
    for document in DOCUMENTS:
        ProgrammeDocument.model_validate(document)


@pytest.mark.parametrize("row", TIERS, ids=[" ".join(row[:2]) for row in TIERS])
def test_tiers_multiply_as_the_guide_says(row: list[str]) -> None:
    (document,) = [it for it in DOCUMENTS if "tiers" in it]
    programme = ProgrammeDocument.model_validate(document).programme(1)
    days = {"never": None, "long ago": 99, "30 days ago": 30, "today": 0}[row[1]]
    rose_at = None if days is None else NOW - timedelta(days=days)
    factors = factors_of(Buyer(row[0], rose_at), programme, NOW)
    assert int(100 * factors.product()) == int(row[2])


@pytest.mark.parametrize("row", EXAMPLES, ids=[row[1] for row in EXAMPLES])
def test_the_orders_of_the_guide_earn_what_it_says(row: list[str]) -> None:
    paid_at = datetime.fromisoformat(row[0]).replace(tzinfo=UTC)
    programme = ProgrammeDocument.model_validate(DOCUMENTS[1]).programme(1)
    purchase = Purchase(
        order_id="A1",
        customer=CustomerRef("lin"),
        currency="CNY",
        lines=tuple(map(line_of, row[1].split(", "))),
        discount=Decimal(0),
        tax=Decimal(0),
        points_offset=Decimal(0),
        paid_at=paid_at,
    )
    assert str(reckon(purchase, paid_at, programme, paid_at).grant.points) == row[2]


def test_the_guide_has_examples() -> None:
    assert len(EXAMPLES) == 4
    assert len(TIERS) == 4


def line_of(text: str) -> OrderLine:
    """Read ``basics 59.00``: a category or SKU, if there is one, and an amount."""
    name, _, amount = text.rpartition(" ")
    return OrderLine(name, name or None, 1, Decimal(amount))
