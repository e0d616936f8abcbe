"""A row that something else has written into the table is found, and made anew from entries."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from loyalty.adapters.dynamodb.items import number, text
from loyalty.adapters.dynamodb.keys.accounts import account_key
from loyalty.domain.audit import Operator
from loyalty.domain.orders import CustomerRef
from loyalty.posting import settle_account
from mall.reconciling import reconcile_all
from member import reconciling
from member.rebuilding import rebuild_member
from member.reconciling import Reconciliation, reconcile_member
from support.emulated import EmulatedMall
from support.shop import Shop

if TYPE_CHECKING:
    from mypy_boto3_dynamodb.type_defs import AttributeValueTypeDef

pytestmark = [pytest.mark.stack, pytest.mark.xdist_group("emulator")]

BOSS = Operator("boss", "admin", "request-1")

CORRUPTIONS: dict[str, dict[str, int | str]] = {
    "points out of nothing": {"lot#271130": 999},
    "a lot that owes": {"lot#271130": -5},
    "a lot of nobody's": {"lot#280131": 7},
    "counters": {"held": 999, "pending": 1, "debt": 2},
    "a counter below nothing": {"held": -1},
    "in the index under another day": {"next_expiry": "2031-01-31"},
    "an old version": {"version": 0},
}


@pytest.fixture(autouse=True)
def short_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reconciling, "PAUSE_SECONDS", 0.01)


def alter(mall: EmulatedMall, attributes: dict[str, int | str]) -> None:
    """Change the row behind the store's back."""
    places = {f"p{place}": name for place, name in enumerate(attributes)}
    mall.client.update_item(
        TableName=mall.tables.accounts,
        Key=account_key("lin"),
        UpdateExpression="SET " + ", ".join(f"#{place} = :{place}" for place in places),
        ExpressionAttributeNames={f"#{place}": name for place, name in places.items()},
        ExpressionAttributeValues={
            f":{place}": _attribute(attributes[name]) for place, name in places.items()
        },
    )


def _attribute(value: int | str) -> "AttributeValueTypeDef":
    return number(value) if isinstance(value, int) else text(value)


@pytest.mark.parametrize("kind", CORRUPTIONS)
def test_corruption_is_found_and_rebuilt_exactly(emulated: EmulatedMall, kind: str) -> None:
    shop = Shop(emulated)
    shop.pays("A0", 1)
    emulated.clock.travel(days=400)
    assert settle_account(emulated, "lin") == 1
    emulated.clock.travel(days=-400)
    shop.pays("A1", 100)
    shop.refunds("A1", 30)
    right = emulated.accounts.stored("lin")
    assert right.lots == {date(2027, 11, 30): 70}
    assert not reconcile_member(emulated, "lin").differences

    alter(emulated, CORRUPTIONS[kind])
    assert reconcile_member(emulated, "lin").differences

    rebuilt = rebuild_member(emulated, BOSS, "key-00001", "lin", "a script wrote it")
    assert not rebuilt.differences
    again = emulated.accounts.stored("lin")
    assert replace(again, version=right.version) == right
    assert again.version > right.version - 2
    assert list(emulated.accounts.due_to_lapse(date(2027, 12, 1))) == ["lin"]


def test_all_accounts_are_compared_and_the_one_that_differs_is_named(
    emulated: EmulatedMall,
) -> None:
    for place in range(60):
        member = CustomerRef(member_id="lin" if place == 7 else f"m{place}")
        Shop(emulated, member).pays(f"A{place}", 10)
    alter(emulated, {"held": 999})
    seen: list[Reconciliation] = []
    reconcile_all(emulated, seen.extend)
    assert len(seen) == 60
    (differs,) = [one for one in seen if one.differences]
    assert differs.member_id == "lin"
    assert [one.what for one in differs.differences] == ["held"]
