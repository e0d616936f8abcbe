"""Use cases of referral: one's own code, whom it has brought, and who brought oneself."""

from dataclasses import dataclass
from datetime import timedelta

from loyalty.attempts import tell_refused
from loyalty.domain.errors import AlreadyExists, IdempotencyKeyReused, NotEligible, NotFound
from loyalty.domain.origin import NOWHERE, Origin
from loyalty.domain.programme import Programme
from loyalty.domain.referral import Bond, ReferralCode, ReferralRules, Referrer, code_of
from loyalty.domain.writes import ForbidRing, SaveActivity
from loyalty.joining import member_of
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import LostRace, until_it_holds

FRIENDS_SHOWN = 100


@dataclass(frozen=True, slots=True)
class Referral:
    """A member's side of it: the own code, what it brought, and who brought the member."""

    rules: ReferralRules
    referrer: Referrer
    friends: tuple[Bond, ...]
    brought_by: Bond | None

    @property
    def link(self) -> str | None:
        """The address to share, where the programme names one."""
        return self.rules.link.replace("{code}", self.referrer.code) if self.rules.link else None


def rules_of(programme: Programme) -> ReferralRules:
    """Return what the programme says about referral.

    Raises:
        NotFound: nothing.
    """
    if programme.referral is None:
        raise NotFound("The programme gives nothing for bringing friends.")
    return programme.referral


def show_referral(mall: Mall, member_id: str) -> Referral:
    """Return a member's code (the first call makes it) and what has come of it.

    Raises:
        NotFound: the programme knows no referral.
    """
    rules = rules_of(mall.programmes.live())
    referrer = mall.activities.referrer(member_id)
    if not referrer.version:
        member_of(mall, member_id)
        referrer = _with_code(mall, member_id)
    friends = tuple(mall.activities.friends(member_id, FRIENDS_SHOWN))
    return Referral(rules, referrer, friends, mall.activities.bond(member_id))


def say_who_brought(
    mall: Mall, friend_id: str, key: str, code: str, origin: Origin = NOWHERE
) -> Bond:
    """Remember who brought a new member, once.

    Raises:
        NotFound: it is nobody's code, or the programme knows no referral.
        NotEligible: one's own code, a ring of two, or too long a member.
        AlreadyExists: somebody has brought this member already.
        IdempotencyKeyReused: the key came with another code before.
        Busy: nothing was done.
    """

    def attempt(_: object) -> Bond:
        now, rules = mall.clock.now(), rules_of(mall.programmes.live())
        friend, known = member_of(mall, friend_id), mall.activities.bond(friend_id)
        if known:
            return _again(known, key, code)
        owner = mall.activities.referral_code(code)
        if owner is None:
            tell_refused(mall, friend_id, "referral-code", origin)
            raise NotFound("This is nobody's code.")
        is_late = now > friend.joined_at + timedelta(days=rules.within_days)
        _refuse({"own-code": owner.member_id == friend_id, "too-late": is_late})
        bond = Bond(friend_id, owner.member_id, code, now, key, origin)
        try:
            mall.store.commit([SaveActivity(bond), ForbidRing(owner.member_id, friend_id)])
        except WriteRefused as refused:
            found = [write for write, _ in refused.found]
            _refuse({"ring": any(isinstance(write, ForbidRing) for write in found)})
            raise LostRace from refused
        return bond

    return until_it_holds(attempt)


def _again(known: Bond, key: str, code: str) -> Bond:
    if known.key != key:
        raise AlreadyExists("Somebody has brought you already.")
    if known.code != code:
        raise IdempotencyKeyReused
    return known


def _refuse(reasons: dict[str, bool]) -> None:
    true = [reason for reason, holds in reasons.items() if holds]
    if true:
        raise NotEligible("This code is not for you.", reasons=true)


def _with_code(mall: Mall, member_id: str) -> Referrer:
    """Give a member a code; where it is another member's already, the next one."""
    taken = 0

    def attempt(_: object) -> Referrer:
        nonlocal taken
        known = mall.activities.referrer(member_id)
        if known.version:
            return known
        code = code_of(member_id, taken)
        new = Referrer(member_id, code, version=1)
        try:
            mall.store.commit([SaveActivity(new), SaveActivity(ReferralCode(code, member_id))])
        except WriteRefused as refused:
            taken += any(isinstance(found, ReferralCode) for _, found in refused.found)
            raise LostRace from refused
        return new

    return until_it_holds(attempt)
