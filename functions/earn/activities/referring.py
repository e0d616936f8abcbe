"""A friend's first real purchase rewards both sides; a purchase that falls takes it back."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from earn.activities.races import lost
from loyalty.domain.account import Account
from loyalty.domain.entry import Entry, EntryKey
from loyalty.domain.order_book import OrderBook
from loyalty.domain.programme import Programme
from loyalty.domain.referral import Bond, BondStatus, ReferralRules, is_real
from loyalty.domain.writes import OrderStands, SaveActivity, Write
from loyalty.giving import Gift, digest_of_fact, giving
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import commit, until_it_holds
from loyalty.taking_back import taking_back


@dataclass(frozen=True, slots=True)
class Scene:
    """What one attempt has read: the order, who brought its buyer, the rules and the time."""

    mall: Mall
    bond: Bond
    book: OrderBook
    programme: Programme
    now: datetime

    @property
    def today(self) -> date:
        """The programme's day."""
        return self.programme.today(self.now)

    def stands(self, rules: ReferralRules) -> bool:
        """Whether the order is a real purchase by these rules."""
        return is_real(self.book, rules.minimum, self.today)

    def gift(self, member_id: str, fact: str, points: int, reason: str = "referral") -> Gift:
        """Return points of one side, under a fact of this order.

        Keys are shown to members, and nobody learns by them who a friend is or what they bought.
        """
        friend_id, order = self.bond.friend_id, f"{self.book.source}:{self.book.order_id}"
        key = EntryKey(f"member:{member_id}", f"{fact}:{digest_of_fact(friend_id, order)}")
        if member_id == friend_id:
            return Gift(key, points, reason, {}, self.book.order_id, actor="system")
        facts = {"friend": friend_id, "friends_order": order, **self.bond.origin.facts}
        return Gift(key, points, reason, facts, actor="system")

    @property
    def sides(self) -> tuple[tuple[str, int], ...]:
        """Both sides of the bond, and the points that each was given."""
        bond = self.bond
        return ((bond.friend_id, bond.friend_points), (bond.referrer_id, bond.referrer_points))


def settle_referral(mall: Mall, source: str, order_id: str, paid: Entry) -> bool:
    """Reward a bond for this order, or take the reward back; whether either was done.

    Raises:
        Busy: accounts change all the time; nothing was done.
    """
    friend_id = paid.member_id
    assert friend_id, "only a member's order is settled"

    def attempt(_: Account | None) -> bool:
        bond = mall.activities.bond(friend_id)
        if bond is None:
            return False
        book = mall.ledger.book(source, order_id)
        scene = Scene(mall, bond, book, mall.programmes.live(), mall.clock.now())
        writes = _writes(scene, paid)
        if not writes:
            return False
        try:
            commit(mall, [OrderStands(book), *writes])
        except WriteRefused as refused:
            if any(isinstance(found, Entry) for _, found in refused.found):
                return False
            raise lost(refused) from refused
        return True

    return until_it_holds(attempt)


def _writes(scene: Scene, paid: Entry) -> tuple[Write, ...]:
    bond, rules = scene.bond, scene.programme.referral
    if bond.status is BondStatus.REWARDED:
        is_ours = (bond.source, bond.order_id) == (scene.book.source, scene.book.order_id)
        still = is_real(scene.book, bond.minimum, scene.today)
        return _reversal(scene) if is_ours and not still else ()
    if rules is None or paid.recorded_at < bond.since or not scene.stands(rules):
        return ()
    return _reward(scene, rules)


def _reward(scene: Scene, rules: ReferralRules) -> tuple[Write, ...]:
    bond, today = scene.bond, scene.today
    referrer = scene.mall.activities.referrer(bond.referrer_id)
    earns = rules.referrer_points if referrer.may_earn(rules, today) else 0
    lot = scene.programme.validity.expires_on(today)
    rewarded = replace(
        bond.rewarded(scene.book, today, rules.friend_points, earns),
        minimum=rules.minimum,
        lot=lot,
    )
    writes: list[Write] = [SaveActivity(rewarded)]
    if earns:
        writes.append(SaveActivity(referrer.earned(earns, today)))
    given = Scene(scene.mall, rewarded, scene.book, scene.programme, scene.now)
    for member_id, points in given.sides:
        if points:
            account = scene.mall.accounts.account(member_id)
            gift = scene.gift(member_id, "referral", points)
            writes += giving(account, scene.programme, scene.now, [gift])
    return tuple(writes)


def _reversal(scene: Scene) -> tuple[Write, ...]:
    bond, mall = scene.bond, scene.mall
    assert bond.lot and bond.rewarded_on, "a rewarded bond knows its lot and day"
    writes: list[Write] = [SaveActivity(bond.reversed())]
    if bond.referrer_points:
        referrer = mall.activities.referrer(bond.referrer_id)
        writes.append(SaveActivity(referrer.gave_back(bond.referrer_points, bond.rewarded_on)))
    for member_id, points in scene.sides:
        if points:
            account = mall.accounts.account(member_id)
            gift = scene.gift(member_id, "referral-reversed", points, "referral-reversed")
            writes += taking_back(mall, account, scene.programme, scene.now, gift, bond.lot)
    return tuple(writes)
