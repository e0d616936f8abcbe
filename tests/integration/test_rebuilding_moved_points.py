"""Accounts whose points were moved, in from elsewhere or between members, are rebuilt exactly."""

from dataclasses import replace
from datetime import date

import pytest

from earn.packets.claiming import claim_packet
from earn.packets.making import Wish, give_packet, offer_packet
from expiry.packets import return_packet
from loyalty.adapters.dynamodb.items import number
from loyalty.adapters.dynamodb.keys.accounts import account_key
from loyalty.adapters.memory.surroundings import ONE_YUAN_A_POINT
from loyalty.domain.audit import Operator
from loyalty.domain.packet import PacketRules
from member import reconciling
from member.importing.booking import Batch, import_lines
from member.importing.lines import Line, Whose
from member.importing.undoing import Undo, open_import, undo_import
from member.rebuilding import rebuild_member
from member.reconciling import reconcile_member
from support.emulated import EmulatedMall

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]

BOSS = Operator("boss", "admin", "request-1")
NEAR, FAR = date(2026, 12, 31), date(2028, 2, 29)
CORRUPTIONS = {
    "points out of nothing": {"lot#280229": 9_999},
    "a lot that is gone": {"lot#261231": 1},
    "counters": {"held": 7, "debt": 3},
}


@pytest.fixture
def mall(emulated: EmulatedMall, monkeypatch: pytest.MonkeyPatch) -> EmulatedMall:
    """Points were brought, taken back in part, given, claimed, and came home."""
    monkeypatch.setattr(reconciling, "PAUSE_SECONDS", 0.01)
    programme = replace(ONE_YUAN_A_POINT, version=2, red_packets=PacketRules())
    emulated.programmes.publish(programme)
    emulated.programmes.live()
    lin = Whose(member_id="lin")
    for import_id, lots in {"right": {NEAR: 80, FAR: 120}, "wrong": {FAR: 50}}.items():
        open_import(emulated, BOSS, f"open-{import_id}", import_id, "we moved")
        lines = [Line(n, lin, points, day) for n, (day, points) in enumerate(lots.items(), 2)]
        import_lines(emulated, BOSS, f"key-{import_id}", Batch(import_id, lines, may_create=True))
    packet = give_packet(emulated, "lin", Wish(100, 4, "key-00001"))
    offer = offer_packet(emulated, BOSS, Wish(40, 2, "key-00002", "New year"))
    for name in ("wang", "mei"):
        claim_packet(emulated, name, packet.packet_id, "key-00001")
        claim_packet(emulated, name, offer.packet_id, "key-00002")
    undo_import(emulated, BOSS, "undo-0001", "wrong", Undo("the wrong file"))
    emulated.clock.travel(days=1)
    return_packet(emulated, packet.packet_id)
    return emulated


@pytest.mark.parametrize("kind", CORRUPTIONS)
@pytest.mark.parametrize("name", ["lin", "wang"])
def test_corruption_is_found_and_rebuilt_exactly(mall: EmulatedMall, name: str, kind: str) -> None:
    right = mall.accounts.stored(name)
    assert not reconcile_member(mall, name).differences
    attributes = CORRUPTIONS[kind]
    marks = {f"#a{place}": attribute for place, attribute in enumerate(attributes)}
    mall.client.update_item(
        TableName=mall.tables.accounts,
        Key=account_key(name),
        UpdateExpression="SET " + ", ".join(f"{mark} = :{mark[1:]}" for mark in marks),
        ExpressionAttributeNames=marks,
        ExpressionAttributeValues={
            f":{mark[1:]}": number(attributes[attribute]) for mark, attribute in marks.items()
        },
    )
    assert reconcile_member(mall, name).differences

    assert not rebuild_member(mall, BOSS, "key-00009", name, "a script wrote it").differences

    again = mall.accounts.stored(name)
    assert replace(again, version=right.version) == right
