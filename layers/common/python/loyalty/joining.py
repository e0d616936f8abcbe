"""How somebody becomes a member: at the first call, welcomed in the same transaction."""

from loyalty.domain.account import Account
from loyalty.domain.entry import Entry, EntryKey
from loyalty.domain.errors import NotFound
from loyalty.domain.member import Member
from loyalty.domain.writes import AddMember, Write
from loyalty.giving import Gift, giving
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import LostRace, commit, until_it_holds


def member_of(mall: Mall, member_id: str) -> Member:
    """Return a member's profile; the first call of a new member makes it.

    Raises:
        Busy: the account changes all the time; nothing was done.
    """
    return mall.members.member(member_id) or _join(mall, member_id)


def existing_member(mall: Mall, member_id: str) -> Member:
    """Return the profile of somebody who is a member.

    Raises:
        NotFound: nobody of this id is.
    """
    member = mall.members.member(member_id)
    if member is None:
        raise NotFound("There is no such member.")
    return member


def _join(mall: Mall, member_id: str) -> Member:
    is_welcomed = False

    def attempt(fresh: Account | None) -> Member:
        nonlocal is_welcomed
        new = Member(member_id=member_id, joined_at=mall.clock.now())
        welcome = () if is_welcomed else _welcome(mall, new, fresh)
        try:
            commit(mall, [AddMember(new), *welcome])
        except WriteRefused as refused:
            for _, found in refused.found:
                if isinstance(found, Member):
                    return found
                # A profile may go and come again; its welcome comes once.
                is_welcomed = is_welcomed or isinstance(found, Entry)
            raise LostRace from refused
        return new

    return until_it_holds(attempt)


def _welcome(mall: Mall, new: Member, fresh: Account | None) -> tuple[Write, ...]:
    programme = mall.programmes.live()
    if programme.welcome is None:
        return ()
    account = fresh or mall.accounts.account(new.member_id)
    key = EntryKey(f"member:{new.member_id}", "welcome")
    gift = Gift(key, programme.welcome.points, "welcome", actor="system")
    return giving(account, programme, new.joined_at, [gift])
