"""Use cases of operators who look members up."""

from collections.abc import Sequence
from dataclasses import dataclass

from loyalty.domain.account import Account
from loyalty.domain.errors import NotFound
from loyalty.domain.member import Member
from loyalty.ports import Mall
from member.service import Balance, balance_of


@dataclass(frozen=True, slots=True)
class Dossier:
    """A member as operators see one; who has points but never came has no profile."""

    member_id: str
    profile: Member | None
    account: Account
    balance: Balance


def find_members(mall: Mall, contact: str) -> Sequence[Member]:
    """Return the members with a phone number, an e-mail address or an id."""
    by_id = mall.members.member(contact)
    return [by_id] if by_id else mall.members.find(contact)


def show_member(mall: Mall, member_id: str) -> Dossier:
    """Return all that operators see of a member.

    Raises:
        NotFound: nobody of this id ever came, or had points.
    """
    profile, account = existing(mall, member_id)
    return Dossier(member_id, profile, account, balance_of(mall, account))


def existing(mall: Mall, member_id: str) -> tuple[Member | None, Account]:
    """Return a member's profile and account.

    Raises:
        NotFound: nobody of this id ever came, or had points.
    """
    profile, account = mall.members.member(member_id), mall.accounts.account(member_id)
    if profile is None and not account.version:
        raise NotFound("There is no such member.")
    return profile, account
