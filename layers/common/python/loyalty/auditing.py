"""Acts of operators: each leaves a record, and the record makes it happen once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from loyalty.domain.audit import AuditRecord, Operator, act_id_for, digest_of
from loyalty.domain.errors import IdempotencyKeyReused
from loyalty.domain.writes import AddAudit, Write
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import commit

Facts = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class OperatorAct:
    """One act of an operator. ``name`` says on what kind of thing first: ``member.freeze``.

    ``key`` is the caller's own, or whatever else names this act for good; ``request`` is what was
    asked for, as plain JSON: under the same key it must be the same.
    """

    operator: Operator
    name: str
    subject_id: str
    key: str
    request: object = None
    reason: str | None = None
    before: Facts = field(default_factory=dict)
    after: Facts = field(default_factory=dict)

    @property
    def act_id(self) -> str:
        """The id that the key stands for."""
        return act_id_for(self.operator.subject, self.name, self.subject_id, self.key)

    @property
    def subject(self) -> str:
        """What it is done to, as the audit keeps it: ``member:…``, ``item:…``."""
        return f"{self.name.partition('.')[0]}:{self.subject_id}"


def commit_once(mall: Mall, act: OperatorAct, writes: Sequence[Write]) -> AuditRecord | None:
    """Commit writes with the act's record; if the key did that before, return the record of then.

    Raises:
        IdempotencyKeyReused: the key came with another request before.
        LostRace: the account alone had changed.
        WriteRefused: something else does not hold.
    """
    record = record_of(mall, act)
    try:
        commit(mall, [AddAudit(record), *writes])
    except WriteRefused as refused:
        earlier = next((it for _, it in refused.found if isinstance(it, AuditRecord)), None)
        if earlier is None:
            raise
        if earlier.request_digest != record.request_digest:
            raise IdempotencyKeyReused from refused
        return earlier
    return None


def record_of(mall: Mall, act: OperatorAct) -> AuditRecord:
    """Return what the audit keeps of an act done now."""
    return AuditRecord(
        act_id=act.act_id,
        act=act.name,
        actor=act.operator.subject,
        role=act.operator.role,
        subject=act.subject,
        at=mall.clock.now(),
        request_id=act.operator.request_id,
        reason=act.reason,
        request_digest=digest_of(act.request),
        before=act.before,
        after=act.after,
    )
