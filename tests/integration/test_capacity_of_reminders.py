"""What reminding costs: it grows with who has something expiring soon, not with members."""

from datetime import date

import pytest

from expiry.reminding import queue_reminders, remind
from support.emulated import EmulatedMall
from support.shop import Shop

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]


@pytest.fixture
def shop(emulated: EmulatedMall) -> Shop:
    """A shop whose customer's points expire on 30 November 2027."""
    shop = Shop(emulated)
    shop.pays("first", 118)
    return shop


def test_handing_over_reads_the_index_alone_and_marks_the_day(
    emulated: EmulatedMall, shop: Shop
) -> None:
    assert shop
    with emulated.meter.bill() as bill:
        assert queue_reminders(emulated) == 0
    assert [name for name, _ in bill.requests] == ["GetItem", *["Query"] * 16, "PutItem"]
    assert sum(bill.reads) <= 1 + 16 * 0.5
    assert bill.writes == [1]


def test_a_member_is_reminded_for_two_units_a_lot_and_once(
    emulated: EmulatedMall, shop: Shop
) -> None:
    days = (date(2027, 11, 1) - date(2026, 11, 21)).days
    emulated.clock.travel(days=days)
    assert shop
    with emulated.meter.bill() as bill:
        assert remind(emulated, "lin") == 118
    assert (bill.writes, bill.reads) == ([2], [0.5, 1])
    with emulated.meter.bill() as bill:
        assert remind(emulated, "lin") == 0
    assert (bill.writes, bill.reads) == ([], [0.5, 1])


def test_the_years_digest_costs_two_units_more(emulated: EmulatedMall, shop: Shop) -> None:
    emulated.clock.travel(days=-355)  # in December 2025: points for the end of 2026
    shop.pays("second", 7)
    emulated.clock.travel(days=365)
    with emulated.meter.bill() as bill:
        assert remind(emulated, "lin") == 7
    assert bill.writes == [2 * 2]
