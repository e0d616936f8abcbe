"""Points on a member's birthday, where the programme gives some: once a year, whatever changes."""

from loyalty.domain.account import Account
from loyalty.domain.birthday import celebrated
from loyalty.domain.entry import Entry, EntryKey
from loyalty.domain.member import Member
from loyalty.giving import Gift, giving
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import LostRace, commit, until_it_holds


def congratulate(mall: Mall, member: Member) -> bool:
    """Give a member the birthday's points, if today is the day; whether that was done now.

    Who has joined today has no birthday yet: it would be whatever day one joins on.

    Raises:
        Busy: the account changes all the time; nothing was done.
    """
    programme = mall.programmes.live()
    points = programme.birthday.points if programme.birthday else 0
    if not points or member.birthday is None:
        return False
    now = mall.clock.now()
    today = programme.today(now)
    is_new = programme.today(member.joined_at) == today
    if is_new or celebrated(member.birthday, today.year) != today:
        return False
    key = EntryKey(f"member:{member.member_id}", f"birthday:{today.year}")
    if mall.ledger.entry(key):
        return False
    gift = Gift(key, points, "birthday", {"birthday": member.birthday.isoformat()}, actor="system")

    def attempt(fresh: Account | None) -> bool:
        account = fresh or mall.accounts.account(member.member_id)
        try:
            commit(mall, giving(account, programme, now, [gift]))
        except WriteRefused as refused:
            if any(isinstance(found, Entry) for _, found in refused.found):
                return False
            raise LostRace from refused
        return True

    return until_it_holds(attempt)
