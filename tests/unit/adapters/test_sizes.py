"""A kilobyte is what a write unit pays for, so the rows of every day must stay below it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from loyalty.adapters.dynamodb.account_rows import account_attributes
from loyalty.adapters.dynamodb.activity_rows import activity_item
from loyalty.adapters.dynamodb.items import number
from loyalty.adapters.dynamodb.keys.accounts import account_key
from loyalty.adapters.dynamodb.ledger_rows import entry_item
from loyalty.adapters.dynamodb.order_rows import redemption_item
from loyalty.adapters.dynamodb.packets import packet_item
from loyalty.domain.account import Account, Kind
from loyalty.domain.calendar import month_end
from loyalty.domain.check_in import CheckInCard
from loyalty.domain.entry import Entry, EntryKey
from loyalty.domain.item import ItemKind
from loyalty.domain.order_book import OrderBook
from loyalty.domain.origin import Origin
from loyalty.domain.packet import RedPacket
from loyalty.domain.redemption import Redemption, Status, Step
from loyalty.domain.referral import Bond
from loyalty.domain.request import Request
from support.sizes import KILOBYTE, size

MEMBER = str(UUID(int=2**127))
AT = datetime(2026, 11, 21, 8, 30, 59, 123456, tzinfo=UTC)
LOT = date(2027, 11, 30)


def test_an_account_of_sixty_lots_fits_into_a_kilobyte() -> None:
    lots = {month_end(2026, 12 + n): 99_999 for n in range(60)}
    account = Account(MEMBER, lots, held=99_999, pending=99_999, frozen_at=AT, version=99_999)
    row = {**account_key(MEMBER), **account_attributes(account), "version": number(99_999)}
    assert len(account.lots) == 60
    assert size(row) <= KILOBYTE


def test_a_purchases_entry_fits_into_a_kilobyte_with_all_that_decided_it() -> None:
    line = {"sku": "SKU-000123", "category": "preorder", "rate": "1/5.00", "base": "1180.00"}
    entry = Entry(
        key=EntryKey("order:woocommerce-europe:8250001829", "paid"),
        member_id=MEMBER,
        kind=Kind.EARN,
        occurred_at=AT,
        recorded_at=AT,
        reason="purchase",
        actor="shop:woocommerce-europe",
        lots={LOT: 1180},
        reference="8250001829",
        programme_version=12,
        explanation={
            "lines": [line] * 4,
            "exact": "1180.00",
            "rounding": "floor",
            "points": 1180,
            "base": "1180.00",
            "lot": "2027-11-30",
            "as_of": "2026-11-21T08:30:59.123456+00:00",
        },
    )
    assert size(entry_item(entry)) <= KILOBYTE


def test_a_plain_redemption_with_a_long_address_fits_into_a_kilobyte() -> None:
    redemption = Redemption(
        redemption_id=f"rdm_{'f' * 26}",
        member_id=MEMBER,
        request_digest="f" * 64,
        item_id="itm_0123456789abcdef",
        item_name={"zh": "明前狮峰龙井茶礼盒装", "en": "Pre-Qingming Lion Peak Longjing, gift box"},
        item_kind=ItemKind.PHYSICAL,
        quantity=2,
        points=2400,
        draws={LOT: 2000, date(2026, 12, 31): 400},
        status=Status.CONFIRMED,
        created_at=AT,
        delivery={
            "recipient": "林黛玉",
            "phone": "+8613800138000",
            "country": "CN",
            "province": "江苏省",
            "city": "苏州市",
            "line1": "姑苏区东北街178号拙政园东部",
            "line2": "3幢2单元1801室",
            "postal_code": "215001",
        },
        timeline=(Step(Status.CONFIRMED, AT),),
        counted=("total", "day#2026-11-21"),
        programme_version=12,
    )
    assert size(redemption_item(redemption)) <= KILOBYTE
    assert size(redemption_item(replace(redemption, status=Status.COMPLETED))) <= KILOBYTE


def test_a_red_packet_of_twenty_shares_fits_into_a_kilobyte_and_one_of_a_hundred_into_two() -> None:
    lots = {month_end(2026, 12 + n): 99_999 for n in range(13)}
    points = sum(lots.values())
    for shares, kilobytes in ((20, 1), (100, 2)):
        each = (points // shares,) * (shares - 1)
        packet = RedPacket(
            f"rp_{'f' * 26}",
            points,
            (*each, points - sum(each)),
            AT,
            AT,
            "d" * 64,
            giver=MEMBER,
            lots=lots,
        )
        assert size(packet_item(packet)) <= kilobytes * KILOBYTE


def test_what_members_do_besides_buying_fits_into_a_kilobyte_each() -> None:
    card, first = CheckInCard(MEMBER), date(2026, 1, 1)
    for number_of_day in range(400):
        card = card.marked(first + timedelta(days=number_of_day), is_repair=number_of_day % 10 == 0)
    assert len(card.days) == 62
    origin = Origin("f" * 16, "f" * 16)
    bond = Bond(MEMBER, MEMBER, "K" * 8, AT, "k" * 64, origin, version=99_999)
    paid = OrderBook("woocommerce-europe", "8250001829", MEMBER, is_paid=True)
    request = Request("f" * 150, "k" * 64, "f" * 32, EntryKey(f"member:{MEMBER}", "f" * 110))
    for row in (card, bond.rewarded(paid, LOT, 99_999, 99_999), request):
        assert size(activity_item(row)) <= KILOBYTE
