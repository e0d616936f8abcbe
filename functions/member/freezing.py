"""Use cases of operators: freeze an account, so that nothing is spent, and unfreeze it."""

from dataclasses import replace
from datetime import datetime

from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain.account import Account
from loyalty.domain.audit import Operator
from loyalty.domain.writes import ChangeAccount
from loyalty.ports import Mall
from loyalty.posting import until_it_holds
from member.lookup import Dossier, existing, show_member


def freeze_account(
    mall: Mall, operator: Operator, key: str, member_id: str, reason: str
) -> Dossier:
    """Freeze a member's account; one that is frozen stays so since when it was.

    Raises:
        NotFound: there is no such member.
        Forbidden: the member is the operator.
        IdempotencyKeyReused: the key came with another reason before.
        Busy: the account changes all the time.
    """
    return _set_frozen(mall, operator, key, member_id, reason, mall.clock.now())


def unfreeze_account(
    mall: Mall, operator: Operator, key: str, member_id: str, reason: str
) -> Dossier:
    """Let a member's account be spent from again.

    Raises:
        NotFound: there is no such member.
        Forbidden: the member is the operator.
        IdempotencyKeyReused: the key came with another reason before.
        Busy: the account changes all the time.
    """
    return _set_frozen(mall, operator, key, member_id, reason, None)


def _set_frozen(
    mall: Mall,
    operator: Operator,
    key: str,
    member_id: str,
    reason: str,
    frozen_at: datetime | None,
) -> Dossier:
    operator.acts_for_others(member_id)

    def attempt(fresh: Account | None) -> None:
        before = fresh or existing(mall, member_id)[1]
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
    return show_member(mall, member_id)
