"""Generated from the OpenAPI document: nobody gets in who may not, and nobody gets another's."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from house.doors import Door, every_door
from loyalty import bootstrap
from loyalty.adapters.memory import MemoryMall
from loyalty.domain.account import Account
from loyalty.domain.item import ItemKind
from loyalty.domain.pricing.offers import CASH_OPTION, CashOption
from loyalty.domain.redemption import Redemption, Status
from loyalty.domain.writes import ChangeAccount, ChangeRedemption, ClaimCode
from support.counter import ADDRESS, Counter, fill_pool, put_on_shelf
from support.http import Http

ROLES = ["admin", "operator", "reviewer", "auditor"]
DOORS = every_door()
OF_OPERATORS = [door for door in DOORS if door.roles and not {"member", "merchant"} & door.roles]
OF_PROGRAMS = [door for door in DOORS if "merchant" in door.roles]
OF_MEMBERS = [door for door in DOORS if "member" in door.roles]
MACHINE = {"sub": "shop", "client_id": "shop", "token_use": "access", "cognito:groups": "[admin]"}


def named(doors: list[Door]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("door", doors, ids=[door.name for door in doors])


@pytest.fixture(autouse=True)
def mall() -> Iterator[MemoryMall]:
    mall = MemoryMall()
    bootstrap.use(mall)
    yield mall
    bootstrap.use(None)


def test_there_are_doors_to_try() -> None:
    assert len(OF_OPERATORS) >= 15
    assert len(OF_MEMBERS) >= 12


@named(OF_OPERATORS)
def test_an_operators_door_opens_to_its_roles_and_to_no_other(door: Door) -> None:
    opened = {role for role in ROLES if door.knock(user="someone", groups=[role]).status != 403}
    assert opened == door.roles


@named(OF_OPERATORS)
def test_an_operators_door_stays_shut_for_members_strangers_and_machines(
    door: Door, mall: MemoryMall
) -> None:
    for who in ({"user": "lin"}, {"user": "lin", "groups": ["admins"]}, {}, {"claims": MACHINE}):
        refused = door.knock(**who)
        assert (refused.status, refused.problem) == (403, "forbidden"), who
    assert not mall.audit


@named(OF_MEMBERS)
def test_a_members_door_stays_shut_for_strangers_and_machines(door: Door) -> None:
    assert door.knock(user="lin").status != 403
    for who in ({}, {"claims": MACHINE}):
        assert door.knock(**who).status == 403, who


@named(OF_PROGRAMS)
def test_a_programs_door_opens_to_its_scope_and_to_no_other(door: Door) -> None:
    granted = {
        scope
        for scope in ("members", "tasks", "offsets", "admin")
        if door.knock(claims={**MACHINE, "scope": f"points-mall/{scope}"}).status != 403
    }
    assert len(granted) == 1


@named(OF_MEMBERS)
def test_a_member_cannot_name_another_member(door: Door) -> None:
    path = f"{door.path}?member_id=lin"
    assert replace(door, path=path).knock(user="wang").status == 422
    assert "member_id" not in door.path


# What each door of a redemption needs to open to its owner: the redemption's status, and a body.
OF_REDEMPTIONS: dict[str, tuple[Status, dict[str, str]]] = {
    "show_redemption": (Status.CONFIRMED, {}),
    "cancel_redemption": (Status.CONFIRMED, {}),
    "open_payment": (Status.PENDING_PAYMENT, {}),
    "change_delivery": (Status.CONFIRMED, ADDRESS),
    "confirm_receipt": (Status.SHIPPED, {}),
    "reveal_code": (Status.COMPLETED, {}),
}
DOORS_OF_REDEMPTIONS = [door for door in OF_MEMBERS if "{redemption_id}" in door.path]


def test_every_members_door_with_an_id_in_its_path_is_tried() -> None:
    tried = {door.name for door in DOORS_OF_REDEMPTIONS}
    # Of the merchant, not of a member; or, like a red packet, for whoever is told its id.
    ours = ("{item_id}", "{task_id}", "{packet_id}")
    shared = {door.name for door in OF_MEMBERS if any(name in door.path for name in ours)}
    assert {door.name for door in OF_MEMBERS if "{" in door.path} == tried | shared
    assert {door.operation["operationId"] for door in DOORS_OF_REDEMPTIONS} == set(OF_REDEMPTIONS)


@named(DOORS_OF_REDEMPTIONS)
def test_a_members_redemption_is_there_for_its_owner_and_for_nobody_else(
    door: Door, mall: MemoryMall
) -> None:
    status, body = OF_REDEMPTIONS[door.operation["operationId"]]
    redemption = lins_redemption(mall, status)
    ids = {"redemption_id": redemption.redemption_id, "code_id": (*redemption.code_ids, "c1")[0]}

    stolen = door.knock(user="wang", ids=ids, body=body)
    made_up = door.knock(user="wang", ids={**ids, "redemption_id": "rdm_none"}, body=body)

    assert (stolen.status, stolen.problem) == (404, "not-found")
    assert stolen.body == made_up.body
    assert mall.redemptions.redemption(redemption.redemption_id) == redemption
    owned = door.knock(user="lin", ids=ids, body=body)
    assert owned.status in {200, 201}, owned.body


def lins_redemption(mall: MemoryMall, status: Status) -> Redemption:
    """Return a redemption of lin in a status, with a code where it has come to that."""
    has_code = status is Status.COMPLETED
    account = Account("lin")
    lots = {date(2027, 11, 30): 100}
    mall.store.commit([ChangeAccount(account, replace(account, lots=lots))])
    kind = ItemKind.VIRTUAL if has_code else ItemKind.PHYSICAL
    put_on_shelf(mall, kind=kind, cash_option=CashOption(1, "6.00", "CNY"))
    option = CASH_OPTION if status is Status.PENDING_PAYMENT else "points"
    ordered = Counter(mall).redeem(delivery={} if has_code else ADDRESS, option=option)
    if status is ordered.status:
        return ordered
    reached = ordered.reach(status, mall.clock.now())
    if has_code:
        fill_pool(mall, "itm_tea", "SECRET")
        ((digest, ciphertext),) = mall.catalog.free_codes("itm_tea", 1)
        reached = replace(reached, code_ids=(digest,))
        mall.store.commit([ClaimCode("itm_tea", digest, ciphertext, ordered.redemption_id)])
    mall.store.commit([ChangeRedemption(reached)])
    return reached


def test_what_is_open_to_anyone_is_open_without_a_token() -> None:
    for door in DOORS:
        if not door.roles:
            assert isinstance(door.http, Http)
            assert door.knock().status != 403, door.name
