"""What moving points costs: in from another system, and between members by red packets."""

from dataclasses import replace
from datetime import date

import pytest

from earn.packets.claiming import claim_packet
from earn.packets.making import Wish, give_packet
from expiry.packets import queue_packets, return_packet
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.domain.audit import Operator
from loyalty.domain.member import Member
from loyalty.domain.packet import PacketRules, RedPacket
from loyalty.domain.writes import AddMember
from loyalty.ports import Stretch
from member.importing.booking import Batch, import_lines
from member.importing.lines import Line, Whose
from member.importing.undoing import Undo, open_import, undo_import
from support.emulated import EmulatedMall
from support.shop import Shop

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]

BOSS = Operator("boss", "admin", "request-1")
DAY = date(2027, 3, 15)


@pytest.fixture
def mall(emulated: EmulatedMall) -> EmulatedMall:
    """Lin has 3,000 points, and Wang 10; red packets may be given."""
    programme = replace(ONE_YUAN_A_POINT, version=2, red_packets=PacketRules())
    emulated.programmes.publish(programme)
    emulated.programmes.live()
    Shop(emulated).pays("A1", 3_000)
    emulated.store.commit([AddMember(Member("lin", emulated.clock.now()))])
    wang = Whose(member_id="wang")
    open_import(emulated, BOSS, "open-wang", "wangs", "to begin with")
    batch = Batch("wangs", [Line(2, wang, 10, date(2027, 11, 30))], may_create=True)
    import_lines(emulated, BOSS, "key-wangs", batch)
    return emulated


def lines(first: int, count: int, day: date = DAY) -> Batch:
    some = [Line(number, Whose(member_id="lin"), 5, day) for number in range(first, first + count)]
    return Batch("old", some)


def test_a_line_of_an_import_costs_seven_units_and_each_call_three_more(
    mall: EmulatedMall,
) -> None:
    open_import(mall, BOSS, "open-0001", "old", "we moved")
    with mall.meter.bill() as bill:
        import_lines(mall, BOSS, "key-00001", lines(2, 1, date(2027, 12, 31)))
    assert sorted(bill.writes) == [3, 7]
    read = [name for name, _ in bill.requests if name.endswith("GetItem")]
    assert read == ["GetItem", "BatchGetItem", "GetItem", "GetItem"]
    with mall.meter.bill() as bill:
        import_lines(mall, BOSS, "key-00002", lines(3, 4, date(2027, 12, 31)))
    assert sum(bill.writes) == 3 + 4 * 7


def test_a_line_whose_lot_becomes_the_earliest_costs_two_units_more(mall: EmulatedMall) -> None:
    open_import(mall, BOSS, "open-0001", "old", "we moved")
    with mall.meter.bill() as bill:
        import_lines(mall, BOSS, "key-00001", lines(2, 1))
    assert sorted(bill.writes) == [3, 9]


def test_lines_that_are_booked_are_read_and_not_written(mall: EmulatedMall) -> None:
    open_import(mall, BOSS, "open-0001", "old", "we moved")
    import_lines(mall, BOSS, "key-00001", lines(2, 4))
    with mall.meter.bill() as bill:
        import_lines(mall, BOSS, "key-00002", lines(2, 4))
    assert bill.writes == [3]
    assert [name for name, _ in bill.requests if name == "BatchGetItem"] == ["BatchGetItem"]


def test_taking_a_line_back_costs_seven_units(mall: EmulatedMall) -> None:
    open_import(mall, BOSS, "open-0001", "old", "we moved")
    import_lines(mall, BOSS, "key-00001", lines(2, 1, date(2027, 11, 30)))
    with mall.meter.bill() as bill:
        undo_import(mall, BOSS, "undo-0001", "old", Undo("the wrong file"))
    assert sorted(bill.writes) == [5, 7]


def give(mall: EmulatedMall, shares: int = 2) -> RedPacket:
    return give_packet(mall, "lin", Wish(100, shares, "key-00001"))


def test_a_red_packet_costs_ten_units_to_make(mall: EmulatedMall) -> None:
    with mall.meter.bill() as bill:
        give(mall)
    assert bill.requests == [("GetItem", 0.5), ("TransactWriteItems", 10)]


def test_a_share_costs_nine_units_and_the_last_one_one_more(mall: EmulatedMall) -> None:
    packet = give(mall, shares=3)
    claim_packet(mall, "mei", packet.packet_id, "key-00001")
    with mall.meter.bill() as bill:
        claim_packet(mall, "wang", packet.packet_id, "key-00001")
    assert bill.requests == [("GetItem", 1), ("GetItem", 0.5), ("TransactWriteItems", 9)]
    with mall.meter.bill() as bill:
        claim_packet(mall, "hua", packet.packet_id, "key-00001")
    assert bill.writes[-1] == 9 + 1 + 1  # after joining, which costs its own


def test_a_share_asked_for_twice_costs_no_more_than_the_first_time(mall: EmulatedMall) -> None:
    packet = give(mall)
    claim_packet(mall, "wang", packet.packet_id, "key-00001")
    with mall.meter.bill() as bill:
        claim_packet(mall, "wang", packet.packet_id, "key-00001")
    assert sum(bill.writes) <= 9


def test_the_rest_of_a_packet_costs_eight_units_to_bring_home(mall: EmulatedMall) -> None:
    packet = give(mall)
    mall.clock.travel(days=1)
    with mall.meter.bill() as bill:
        assert return_packet(mall, packet.packet_id) == 100
    assert bill.writes == [8]


def test_a_sweep_for_packets_reads_the_index_and_nothing_else(mall: EmulatedMall) -> None:
    give(mall)
    with mall.meter.bill() as bill:
        assert queue_packets(mall) == 0
    assert [name for name, _ in bill.requests] == ["Query"] * 16
    assert sum(bill.reads) == 8


def test_an_export_is_a_scan_and_costs_half_a_unit_for_each_four_kilobytes(
    mall: EmulatedMall,
) -> None:
    with mall.meter.bill() as bill:
        assert len(mall.accounts.every(Stretch(0, 1), 100).items) == 2
    assert bill.requests == [("Scan", 0.5)]
