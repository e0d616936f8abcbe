"""What every act of an operator has in common: an audit record that also makes it happen once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields

from loyalty.domain.audit import AuditRecord, Operator, act_id_for, digest_of
from loyalty.domain.errors import IdempotencyKeyReused
from loyalty.domain.item import Item, Limits
from loyalty.domain.writes import AddAudit, Write
from loyalty.ports import Mall, WriteRefused

Facts = Mapping[str, object]

_NOT_FACTS = {"item_id", "created_at", "version"}


@dataclass(frozen=True, slots=True)
class ItemAct:
    """One act on an item. ``key``: the caller's own, or whatever else names this act for good.

    ``request`` is what was asked for, as plain JSON: under the same key it must be the same.
    """

    operator: Operator
    name: str
    item_id: str
    key: str
    request: object = None
    reason: str | None = None
    before: Facts = field(default_factory=dict)
    after: Facts = field(default_factory=dict)


def commit_once(mall: Mall, act: ItemAct, writes: Sequence[Write]) -> AuditRecord | None:
    """Commit writes with the act's record; if the key did that before, return the record of then.

    Raises:
        IdempotencyKeyReused: the key came with another request before.
        WriteRefused: some of the writes do not hold.
    """
    record = _record(mall, act)
    try:
        mall.store.commit([AddAudit(record), *writes])
    except WriteRefused as refused:
        earlier = _earlier(refused)
        if earlier is None:
            raise
        if earlier.request_digest != record.request_digest:
            raise IdempotencyKeyReused from refused
        return earlier
    return None


def facts_of(item: Item) -> dict[str, object]:
    """Return an item as plain JSON, for the audit."""
    return {f.name: _plain(getattr(item, f.name)) for f in fields(item) if f.name not in _NOT_FACTS}


def difference(before: Item, after: Item) -> tuple[Facts, Facts]:
    """Return what a change of an item changes: how it was, how it is."""
    old, new = facts_of(before), facts_of(after)
    changed = [name for name in old if old[name] != new[name]]
    return {name: old[name] for name in changed}, {name: new[name] for name in changed}


def _record(mall: Mall, act: ItemAct) -> AuditRecord:
    who = act.operator
    return AuditRecord(
        act_id=act_id_for(who.subject, act.name, act.item_id, act.key),
        act=act.name,
        actor=who.subject,
        role=who.role,
        subject=f"item:{act.item_id}",
        at=mall.clock.now(),
        request_id=who.request_id,
        reason=act.reason,
        request_digest=digest_of(act.request),
        before=act.before,
        after=act.after,
    )


def _earlier(refused: WriteRefused) -> AuditRecord | None:
    return next((found for _, found in refused.found if isinstance(found, AuditRecord)), None)


def _plain(value: object) -> object:
    match value:
        case Limits():
            limits = {f.name: getattr(value, f.name) for f in fields(value)}
            return {period: pieces for period, pieces in limits.items() if pieces is not None}
        case tuple():
            return list(value)
        case Mapping():
            return dict(value)
        case str():
            return str(value)
        case _:
            return value
