"""Use cases of operators: freeze an account, so that nothing is spent, and unfreeze it."""

from loyalty.domain.audit import Operator
from loyalty.freezing import set_frozen
from loyalty.ports import Mall
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
    return _set_frozen(mall, operator, key, member_id, reason, is_frozen=True)


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
    return _set_frozen(mall, operator, key, member_id, reason, is_frozen=False)


def _set_frozen(
    mall: Mall, operator: Operator, key: str, member_id: str, reason: str, *, is_frozen: bool
) -> Dossier:
    operator.acts_for_others(member_id)
    existing(mall, member_id)
    set_frozen(mall, operator, key, member_id, reason, is_frozen=is_frozen)
    return show_member(mall, member_id)
