"""Acts are sealed when they are ripe, once, whoever seals; the day's heads are anchored once."""

import pytest

from insight import sealing
from insight.schedule_handler import seal
from insight.sealing import seal_trail, verify_trail
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.audit_chain import every_shard, link_after
from support.acts import act_now


def test_what_has_just_happened_waits(mall: MemoryMall) -> None:
    act_now(mall, 1)
    assert seal_trail(mall) == (0, None)
    mall.clock.travel(minutes=16)
    sealed, anchor = seal_trail(mall)
    assert sealed == 1
    assert anchor and len(anchor.heads) == 1


def test_every_act_is_sealed_once(mall: MemoryMall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "AT_ONCE", 2)
    for number in range(100):
        act_now(mall, number)
        mall.clock.travel(seconds=number % 3)
    mall.clock.travel(hours=1)
    assert seal_trail(mall)[0] == 100
    assert seal_trail(mall)[0] == 0
    act_now(mall, 100)
    mall.clock.travel(hours=1)
    assert seal({}, None) == {"acts": 1}
    found = verify_trail(mall)
    assert (found.sealed, found.findings) == (101, ())


def test_heads_are_anchored_once_a_day_and_anchors_hang_together(mall: MemoryMall) -> None:
    for number in range(5):
        act_now(mall, number)
        mall.clock.travel(hours=12)
        seal_trail(mall)
    days = [anchor.day.day for anchor in mall.trail.anchors()]
    assert days == [21, 22, 23]
    assert not verify_trail(mall).findings


def test_two_who_seal_at_once_make_one_chain(mall: MemoryMall) -> None:
    for number in range(40):
        act_now(mall, number)
    mall.clock.travel(hours=1)
    shard = next(shard for shard in every_shard() if list(mall.trail.acts(shard)))
    other = link_after(None, shard, next(iter(mall.trail.acts(shard))))
    assert mall.trail.add_links([other])
    assert not mall.trail.add_links([other])
    seal_trail(mall)
    found = verify_trail(mall)
    assert (found.sealed, found.findings) == (40, ())


def test_an_audit_without_acts_is_in_order(mall: MemoryMall) -> None:
    assert seal_trail(mall) == (0, None)
    assert verify_trail(mall).findings == ()
