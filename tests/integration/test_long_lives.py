"""An account stays one small row, and earning stays as cheap, however long a member stays."""

from dataclasses import replace

import pytest

from loyalty.adapters.dynamodb.keys.accounts import account_key
from loyalty.domain.validity import Validity, ValidityKind
from support.books import account_of
from support.emulated import EmulatedMall
from support.shop import Shop
from support.sizes import KILOBYTE, size

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]

FIVE_YEARS = 60
"""Months, and as many lots: none of them lapses before the last one is there."""


def test_five_years_of_monthly_lots_are_one_kilobyte_and_five_units(
    emulated: EmulatedMall,
) -> None:
    validity = Validity(ValidityKind.ROLLING_MONTHS, FIVE_YEARS - 1)
    emulated.programmes.publish(replace(emulated.programmes.live(), version=2, validity=validity))
    shop = Shop(emulated)
    for month in range(FIVE_YEARS):
        shop.pays(f"A{month}", 123_456)
        emulated.clock.travel(days=31 if month < FIVE_YEARS - 1 else 0)

    with emulated.meter.bill() as bill:
        shop.pays("one more", 118)

    row = emulated.client.get_item(TableName=emulated.tables.accounts, Key=account_key("lin"))
    assert len(account_of(emulated).lots) >= FIVE_YEARS - 2, "31 days step over a month at times"
    assert size(row["Item"]) <= KILOBYTE
    assert bill.requests == [("TransactWriteItems", 5)]
