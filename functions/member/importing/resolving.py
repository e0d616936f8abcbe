"""Whose points a line brings."""

from loyalty.domain.member import Member
from loyalty.ports import Mall
from member.importing.lines import LineRefused, Whose


def member_of(mall: Mall, whose: Whose, *, may_create: bool) -> tuple[str, bool]:
    """Return whose points a line brings, and whether that member has to be made first.

    Raises:
        LineRefused: nobody is meant, or more than one.
    """
    if whose.member_id:
        return _by_id(mall, whose.member_id, may_create=may_create)
    if whose.source and whose.customer_id:
        link = mall.members.link(whose.source, whose.customer_id)
        if link is None:
            raise LineRefused("No member is linked to this customer.")
        return link.member_id, False
    found = mall.members.find(whose.phone or whose.email or "")
    if len(found) != 1:
        raise LineRefused(f"{len(found) or 'No'} members have this phone or e-mail address.")
    return found[0].member_id, False


def new_member(mall: Mall, member_id: str) -> Member:
    """Return the profile of somebody who will come later."""
    return Member(member_id=member_id, joined_at=mall.clock.now())


def _by_id(mall: Mall, member_id: str, *, may_create: bool) -> tuple[str, bool]:
    if mall.members.member(member_id) or mall.accounts.account(member_id).version:
        return member_id, False
    if not may_create:
        raise LineRefused("There is no such member.")
    return member_id, True
