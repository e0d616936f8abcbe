"""Whoever changes the audit's table is found out: each trace is left directly in the table."""

from collections.abc import Callable

import pytest

from insight.sealing import seal_trail, verify_trail
from loyalty.adapters.dynamodb.items import Item
from loyalty.adapters.dynamodb.keys.rows import Key
from loyalty.adapters.dynamodb.keys.trail import anchor_key, audit_key, link_of_audit_key
from loyalty.domain.audit_chain import shard_of
from support.acts import act_now
from support.emulated import EmulatedMall

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]

SAME_SHARD = [number for number in range(400) if shard_of(f"act_{number}") == "07"][:6]
OF_OTHERS = [number for number in range(1000, 1100) if shard_of(f"act_{number}") != "07"][:10]


@pytest.fixture
def sealed(emulated: EmulatedMall) -> EmulatedMall:
    """Six sealed acts of one shard, and some of others."""
    for number in [*SAME_SHARD, *OF_OTHERS]:
        act_now(emulated, number)
        emulated.clock.travel(minutes=1)
    emulated.clock.travel(hours=1)
    assert seal_trail(emulated)[0] == 16
    assert not verify_trail(emulated).findings
    return emulated


def row(mall: EmulatedMall, key: Key) -> Item:
    return mall.client.get_item(TableName=mall.tables.audit, Key=key)["Item"]


def put(mall: EmulatedMall, item: Item) -> None:
    mall.client.put_item(TableName=mall.tables.audit, Item=item)


def act_key(place: int) -> Key:
    return audit_key("member:lin", f"act_{SAME_SHARD[place]}")


def swap(mall: EmulatedMall, one: Key, other: Key, *kept: str) -> None:
    """Put each row where the other stood."""
    first, second = row(mall, one), row(mall, other)
    put(mall, {**second, **{name: first[name] for name in ("pk", "sk", *kept)}})
    put(mall, {**first, **{name: second[name] for name in ("pk", "sk", *kept)}})


def remove_an_act(mall: EmulatedMall) -> None:
    mall.client.delete_item(TableName=mall.tables.audit, Key=act_key(2))


def remove_the_last_act_and_its_link(mall: EmulatedMall) -> None:
    mall.client.delete_item(TableName=mall.tables.audit, Key=act_key(5))
    mall.client.delete_item(TableName=mall.tables.audit, Key=link_of_audit_key("07", 6))


def remove_a_link(mall: EmulatedMall) -> None:
    mall.client.delete_item(TableName=mall.tables.audit, Key=link_of_audit_key("07", 3))


def alter_an_act(mall: EmulatedMall) -> None:
    put(mall, {**row(mall, act_key(2)), "reason": {"S": "a better reason"}})


def alter_an_act_and_its_link(mall: EmulatedMall) -> None:
    alter_an_act(mall)
    put(mall, {**row(mall, link_of_audit_key("07", 3)), "digest": {"S": "0" * 64}})


def reorder_two_acts(mall: EmulatedMall) -> None:
    swap(mall, act_key(1), act_key(3), "act_id", "reason", "request_id")


def reorder_two_links(mall: EmulatedMall) -> None:
    swap(mall, link_of_audit_key("07", 2), link_of_audit_key("07", 4), "number")


def slip_an_act_in(mall: EmulatedMall) -> None:
    number = next(n for n in range(400, 900) if shard_of(f"act_{n}") == "07")
    earlier = row(mall, act_key(0))
    place = f"{earlier['place']['S'].partition('#')[0]}#act_{number}"
    changed: Item = {"act_id": {"S": f"act_{number}"}, "place": {"S": place}}
    put(mall, {**earlier, **audit_key("member:lin", f"act_{number}"), **changed})


def change_an_anchor(mall: EmulatedMall) -> None:
    put(mall, {**row(mall, anchor_key("2026-11-21")), "seal": {"S": "0" * 64}})


@pytest.mark.parametrize(
    ("act", "what"),
    [
        (remove_an_act, "the act was removed"),
        (remove_the_last_act_and_its_link, "chain 07 is not the one that was anchored"),
        (remove_a_link, "links are missing before"),
        (alter_an_act, "the act was altered"),
        (alter_an_act_and_its_link, "the link was changed"),
        (reorder_two_acts, "the act was moved in time"),
        (reorder_two_links, "the link was changed"),
        (slip_an_act_in, "the act was put in later"),
        (change_an_anchor, "the anchor was changed"),
    ],
)
def test_a_trace_is_found_and_named(
    sealed: EmulatedMall, act: Callable[[EmulatedMall], None], what: str
) -> None:
    act(sealed)
    findings = verify_trail(sealed).findings
    assert what in [one.what for one in findings]
    assert all("07" in f"{one.where} {one.what}" or "anchor" in one.where for one in findings)
