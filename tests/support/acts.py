"""Acts of operators, as the audit keeps them."""

from loyalty.domain.audit import AuditRecord
from loyalty.domain.writes import AddAudit
from loyalty.ports import Mall


def act_now(
    mall: Mall, number: int, actor: str = "operator-1", subject: str = "member:lin"
) -> AuditRecord:
    """Let an operator freeze somebody now; nothing else happens."""
    record = AuditRecord(
        act_id=f"act_{number}",
        act="member.freeze",
        actor=actor,
        role="operator",
        subject=subject,
        at=mall.clock.now(),
        request_id=f"request-{number}",
        reason=f"reason {number}",
        request_digest="digest",
        before={"is_frozen": False},
        after={"is_frozen": True},
    )
    mall.store.commit([AddAudit(record)])
    return record
