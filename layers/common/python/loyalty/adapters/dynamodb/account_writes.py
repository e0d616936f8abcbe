"""Writes to accounts and pending points as actions."""

from collections.abc import Iterator

from loyalty.adapters.dynamodb.account_rows import (
    account_attributes,
    account_of,
    lot_name,
    pending_item,
    pending_of,
    stored_of,
)
from loyalty.adapters.dynamodb.actions import IS_NEW, Action, delete, put, update
from loyalty.adapters.dynamodb.items import day, number, text
from loyalty.adapters.dynamodb.keys.accounts import account_key, pending_key
from loyalty.adapters.dynamodb.keys.shards import shard_of
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.writes import (
    ChangeAccount,
    ChangePending,
    CreditLot,
    CreditPending,
    OpenPending,
    RestoreAccount,
)

AccountWrite = (
    CreditLot | CreditPending | ChangeAccount | RestoreAccount | OpenPending | ChangePending
)


def account_actions(tables: Tables, write: AccountWrite) -> Iterator[Action]:
    """Yield a write's actions."""
    table = tables.accounts
    match write:
        case CreditLot():
            yield _credit_lot(table, write)
        case CreditPending(member_id, points):
            assert points > 0, "a credit adds points"
            yield update(
                table,
                account_key(member_id),
                "ADD pending :points, version :one",
                account_of,
                values={":points": number(points), ":one": number(1)},
            )
        case ChangeAccount():
            yield _change_account(table, write)
        case RestoreAccount():
            yield _restore_account(table, write)
        case OpenPending(pending):
            assert pending.remaining > 0, "a pending row holds points, or is gone"
            yield put(table, pending_item(pending), pending_of, IS_NEW)
        case ChangePending():
            yield _change_pending(table, write)


def _credit_lot(table: str, write: CreditLot) -> Action:
    assert write.points > 0, "a credit adds points"
    return update(
        table,
        account_key(write.member_id),
        "ADD #lot :points, version :one SET next_expiry = if_not_exists(next_expiry, :lot),"
        " expiry_shard = if_not_exists(expiry_shard, :shard)",
        account_of,
        where="attribute_not_exists(debt)"
        " AND (attribute_not_exists(next_expiry) OR next_expiry <= :lot)",
        values={
            ":points": number(write.points),
            ":one": number(1),
            ":lot": day(write.lot),
            ":shard": text(shard_of(write.member_id)),
        },
        names={"#lot": lot_name(write.lot)},
    )


def _change_account(table: str, write: ChangeAccount) -> Action:
    """Write the difference only: what newer versions of the code keep in the row stays."""
    assert write.before.member_id == write.after.member_id, "an account keeps its member"
    seen = write.before.version
    before, after = account_attributes(write.before), account_attributes(write.after)
    changed = {name: value for name, value in after.items() if before.get(name) != value}
    gone = [name for name in before if name not in after]
    names = {f"#{place}": name for place, name in enumerate([*changed, *gone])}
    mark = {name: place for place, name in names.items()}
    sets = [f"{mark[name]} = :{mark[name][1:]}" for name in changed]
    expression = f"SET {', '.join([*sets, 'version = :next'])}"
    if gone:
        expression += f" REMOVE {', '.join(mark[name] for name in gone)}"
    return update(
        table,
        account_key(write.before.member_id),
        expression,
        account_of,
        where="version = :seen" if seen else IS_NEW,
        values={
            **{f":{mark[name][1:]}": value for name, value in changed.items()},
            ":next": number(seen + 1),
            **({":seen": number(seen)} if seen else {}),
        },
        names=names or None,
    )


def _restore_account(table: str, write: RestoreAccount) -> Action:
    """Write everything, and remove what else may stand there: nothing is taken to be right."""
    found, seen = write.found, write.found.version
    after = {**account_attributes(write.after), "version": number(write.after.version)}
    written = {"held", "pending", "debt", "next_expiry", "expiry_shard", "frozen_at"}
    gone = [name for name in sorted({*map(lot_name, found.lots), *written}) if name not in after]
    names = {f"#{place}": name for place, name in enumerate([*after, *gone])}
    mark = {name: place for place, name in names.items()}
    expression = f"SET {', '.join(f'{mark[name]} = :{mark[name][1:]}' for name in after)}"
    if gone:
        expression += f" REMOVE {', '.join(mark[name] for name in gone)}"
    return update(
        table,
        account_key(found.member_id),
        expression,
        lambda item: stored_of(found.member_id, [item]),
        where="version = :seen" + ("" if seen else " OR attribute_not_exists(version)"),
        values={
            **{f":{mark[name][1:]}": value for name, value in after.items()},
            ":seen": number(seen),
        },
        names=names,
    )


def _change_pending(table: str, write: ChangePending) -> Action:
    assert write.remaining >= 0, "a pending row never owes"
    before = write.before
    key = pending_key(before.member_id, before.source, before.order_id)
    where, seen = "version = :seen", {":seen": number(before.version)}
    if not write.remaining:
        return delete(table, key, pending_of, where, seen)
    return update(
        table,
        key,
        "SET remaining = :remaining, version = :next",
        pending_of,
        where=where,
        values={
            **seen,
            ":remaining": number(write.remaining),
            ":next": number(before.version + 1),
        },
    )
