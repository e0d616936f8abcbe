"""Use case of members: repair a missed day for points, so that a row of days goes on."""

from dataclasses import dataclass
from datetime import date

from earn.activities.check_ins import already, bonuses_of, key_of, rules_of
from earn.activities.races import lost, was_booked
from loyalty.domain import acts
from loyalty.domain.account import Account
from loyalty.domain.check_in import DAY, CheckInCard, CheckInRules
from loyalty.domain.entry import Circumstances
from loyalty.domain.errors import Invalid, LimitReached, NotFound
from loyalty.domain.origin import NOWHERE, Origin
from loyalty.domain.writes import SaveActivity
from loyalty.giving import Together, points_of
from loyalty.joining import member_of
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import commit, until_it_holds


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair took and gave, and how many days in a row stand now."""

    date: date
    price: int
    points: int
    streak: int


def repair_day(mall: Mall, member_id: str, day: date, origin: Origin = NOWHERE) -> Repaired:
    """Mark a missed day for points; what that completes is given.

    Raises:
        NotFound: the programme lets nobody repair.
        AlreadyCheckedIn: the day is marked, come to or repaired.
        Invalid: the day cannot be repaired: too old, not over, or before the membership.
        LimitReached: enough days of that month were repaired.
        InsufficientPoints, AccountFrozen: it cannot be paid.
        Busy: the account changes all the time; nothing was done.
    """

    def attempt(fresh: Account | None) -> Repaired:
        now, programme = mall.clock.now(), mall.programmes.live()
        rules, today = rules_of(programme), programme.today(now)
        card = mall.activities.check_ins(member_id)
        if day in card.days:
            raise already(mall, rules, card, day, today)
        joined_on = programme.today(member_of(mall, member_id).joined_at)
        price = price_of(rules, card, day, today, joined_on)
        gifts, after = bonuses_of(rules, card, day), card.marked(day, is_repair=True)
        why = Circumstances(
            occurred_at=now,
            recorded_at=now,
            reason="check-in-repair",
            actor=f"member:{member_id}",
            programme_version=programme.version,
            explanation={"points_in_all": points_of(gifts), **origin.facts},
        )
        account = fresh or mall.accounts.account(member_id)
        paid, _ = acts.spend(account, today, price)
        booked = Together.on(account).then(paid, key_of(member_id, day), why)
        booked = booked.give(programme, now, gifts)
        try:
            commit(mall, [SaveActivity(after), *booked.writes])
        except WriteRefused as refused:
            if was_booked(refused, key_of(member_id, day)):
                raise already(mall, rules, after, day, today) from refused
            raise lost(refused) from refused
        return Repaired(day, price, points_of(gifts), after.streak_until(today))

    return until_it_holds(attempt)


def price_of(
    rules: CheckInRules, card: CheckInCard, day: date, today: date, joined_on: date
) -> int:
    """Return what repairing a day costs.

    Raises:
        NotFound, Invalid, LimitReached: it cannot be repaired.
    """
    repair = rules.repair
    if repair is None:
        raise NotFound("The programme lets nobody repair a missed day.")
    earliest = max(today - repair.days_back * DAY, joined_on)
    if not earliest <= day < today:
        raise Invalid.at("date", f"A missed day from {earliest} to yesterday is expected.")
    if card.repaired_in(day) >= repair.per_month:
        raise LimitReached(limit=repair.per_month, period="month")
    return repair.price
