"""Use case of admins: an account is made anew from its entries."""

from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain.audit import Operator
from loyalty.domain.errors import Busy, Conflict
from loyalty.domain.pending import PendingPoints
from loyalty.domain.rebuild import partition_of, restored
from loyalty.domain.writes import ChangePending, OpenPending, RestoreAccount, Write
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import LostRace
from member.reconciling import Reconciliation, show_reconciliation


def rebuild_member(
    mall: Mall, operator: Operator, key: str, member_id: str, reason: str
) -> Reconciliation:
    """Make an account, and its pending rows, what its entries say; return how it stands now.

    An account that says the same stays untouched. A freeze is no entry, and stays as it is.

    Raises:
        NotFound: nobody of this id ever came, or had points.
        Forbidden: the member is the operator.
        Conflict: the entries themselves cannot be right.
        IdempotencyKeyReused: the key came with another reason before.
        Busy: the account changes all the time; nothing was done.
    """
    operator.acts_for_others(member_id)
    found = show_reconciliation(mall, member_id)
    act = OperatorAct(
        operator,
        "member.rebuild",
        member_id,
        key,
        request=reason,
        reason=reason,
        before={one.what: _plain(one.stored) for one in found.differences},
        after={one.what: _plain(one.rebuilt) for one in found.differences},
    )
    writes = _writes(mall, found) if found.differences else []
    try:
        commit_once(mall, act, writes)
    except (LostRace, WriteRefused) as error:
        raise Busy("The account has changed meanwhile.") from error
    return show_reconciliation(mall, member_id)


def _writes(mall: Mall, found: Reconciliation) -> list[Write]:
    account = RestoreAccount(found.stored, restored(found.stored, found.rebuilt))
    rows = {partition_of(row): row for row in found.stored.waiting}
    writes: list[Write] = [account]
    for order in sorted({*rows, *found.rebuilt.waiting}):
        points, row = found.rebuilt.waiting.get(order, 0), rows.get(order)
        if row is None:
            writes.append(OpenPending(_row(mall, found.member_id, order, points)))
        elif row.remaining != points:
            writes.append(ChangePending(row, points))
    return writes


def _row(mall: Mall, member_id: str, order: str, points: int) -> PendingPoints:
    """Return the row of points that wait, as the order's own book knows them."""
    _, source, order_id = order.split(":", 2)
    book = mall.ledger.book(source, order_id)
    if book.grant is None or book.usable_on is None:
        raise Conflict(f"{order} does not know until when its points wait.")
    return PendingPoints(member_id, source, order_id, points, book.usable_on, book.grant.lot)


def _plain(value: object) -> object:
    return value if isinstance(value, int) or value is None else str(value)
