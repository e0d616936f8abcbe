"""Freezing an account so that nothing is spent from it, and unfreezing it: an audited act."""

from dataclasses import replace

from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain.account import Account
from loyalty.domain.audit import Operator
from loyalty.domain.writes import ChangeAccount
from loyalty.ports import Mall
from loyalty.posting import until_it_holds


def set_frozen(
    mall: Mall, operator: Operator, key: str, member_id: str, reason: str, *, is_frozen: bool
) -> None:
    """Freeze an account or unfreeze it; one that is as wanted stays so since when it was.

    Raises:
        Forbidden: the member is the operator.
        IdempotencyKeyReused: the key came with another reason before.
        Busy: the account changes all the time.
    """
    operator.acts_for_others(member_id)
    frozen_at = mall.clock.now() if is_frozen else None

    def attempt(fresh: Account | None) -> None:
        before = fresh or mall.accounts.account(member_id)
        is_as_wanted = (before.frozen_at is None) is (frozen_at is None)
        act = OperatorAct(
            operator,
            "member.freeze" if frozen_at else "member.unfreeze",
            member_id,
            key,
            request=reason,
            reason=reason,
            before={"is_frozen": before.frozen_at is not None},
            after={"is_frozen": frozen_at is not None},
        )
        change = ChangeAccount(before, replace(before, frozen_at=frozen_at))
        commit_once(mall, act, [] if is_as_wanted else [change])

    until_it_holds(attempt)
