"""Writes to members, links and the audit as actions."""

from collections.abc import Iterator

from loyalty.adapters.dynamodb.actions import IS_NEW, Action, check, put
from loyalty.adapters.dynamodb.adjustments import AdjustmentWrite, adjustment_actions
from loyalty.adapters.dynamodb.items import number
from loyalty.adapters.dynamodb.keys.members import link_key
from loyalty.adapters.dynamodb.member_rows import (
    audit_item,
    audit_of,
    contact_items,
    link_item,
    link_of,
    member_item,
    member_of,
    waiting_item,
    waiting_of,
)
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.member import Member
from loyalty.domain.writes import (
    AddAdjustment,
    AddAudit,
    AddLink,
    AddMember,
    AwaitLink,
    ChangeMember,
    DecideAdjustment,
)

MemberWrite = AddMember | ChangeMember | AddLink | AwaitLink | AddAudit | AdjustmentWrite


def member_actions(tables: Tables, write: MemberWrite) -> Iterator[Action]:
    """Yield a write's actions."""
    table = tables.members
    match write:
        case AddMember(member):
            yield put(table, member_item(member), member_of, IS_NEW)
            yield from _contacts(table, member)
        case ChangeMember(member):
            seen = {":seen": number(member.version - 1)}
            yield put(table, member_item(member), member_of, "version = :seen", seen)
            yield from _contacts(table, member)
        case AddLink(link):
            yield put(table, link_item(link), link_of, IS_NEW)
        case AwaitLink(event):
            yield check(table, link_key(event.source, event.customer_id), link_of, IS_NEW)
            yield put(table, waiting_item(event), waiting_of)
        case AddAdjustment() | DecideAdjustment():
            yield from adjustment_actions(tables, write)
        case AddAudit(record):
            yield put(tables.audit, audit_item(record), audit_of, IS_NEW)


def _contacts(table: str, member: Member) -> Iterator[Action]:
    return (put(table, item, member_of) for item in contact_items(member))
