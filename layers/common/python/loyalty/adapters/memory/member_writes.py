"""Writes to members, links and the audit, as the fakes make them true."""

from collections.abc import Iterator

from loyalty.adapters.memory.adjustments import AdjustmentWrite, adjustment_changes
from loyalty.adapters.memory.rows import Change, Rows, require_json
from loyalty.domain.audit import AuditRecord
from loyalty.domain.member import CustomerLink, Member
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


def member_changes(rows: Rows, write: MemberWrite) -> Iterator[Change]:
    """Yield what a write makes of the members' rows, or of the audit's."""
    match write:
        case AddMember(member):
            found = rows.get(Member, "member", member.member_id)
            yield Change(("member", member.member_id), found, found is None, member)
        case ChangeMember(member):
            found = rows.get(Member, "member", member.member_id)
            holds = found is not None and found.version == member.version - 1
            yield Change(("member", member.member_id), found, holds, member)
        case AddLink(link):
            key = ("link", link.source, link.customer_id)
            linked = rows.get(CustomerLink, *key)
            yield Change(key, linked, linked is None, link)
        case AwaitLink(event):
            key = ("link", event.source, event.customer_id)
            linked = rows.get(CustomerLink, *key)
            yield Change(key, linked, linked is None, linked)
            order_id = event.paid.purchase.order_id
            waiting = ("waiting", event.source, event.customer_id, order_id)
            yield Change(waiting, None, True, event)
        case AddAdjustment() | DecideAdjustment():
            yield from adjustment_changes(rows, write)
        case AddAudit(record):
            require_json(record.before)
            require_json(record.after)
            audit_key = ("audit", record.subject, record.act_id)
            known = rows.get(AuditRecord, *audit_key)
            yield Change(audit_key, known, known is None, record)
