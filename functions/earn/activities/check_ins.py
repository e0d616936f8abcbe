"""Use case of members: check in, once a local day."""

from dataclasses import dataclass
from datetime import date

from earn.activities.races import lost, was_booked
from loyalty.domain.account import Account
from loyalty.domain.check_in import DAY, CheckInCard, CheckInRules
from loyalty.domain.entry import EntryKey
from loyalty.domain.errors import AlreadyCheckedIn, NotFound
from loyalty.domain.origin import NOWHERE, Origin
from loyalty.domain.programme import Programme
from loyalty.domain.writes import SaveActivity
from loyalty.giving import Gift, giving, points_of
from loyalty.joining import member_of
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import commit, until_it_holds


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """What a day gave, bonuses and all, and what the next one will give."""

    date: date
    points: int
    streak: int
    next_points: int


def check_in(mall: Mall, member_id: str, origin: Origin = NOWHERE) -> CheckedIn:
    """Check a member in today, and give what the day is worth; a member's first call joins.

    Raises:
        NotFound: the programme gives nothing for check-ins.
        AlreadyCheckedIn: it was done today.
        Busy: the account changes all the time; nothing was done.
    """

    def attempt(fresh: Account | None) -> CheckedIn:
        now, programme = mall.clock.now(), mall.programmes.live()
        rules, today = rules_of(programme), programme.today(now)
        card = mall.activities.check_ins(member_id)
        if today in card.days:
            raise already(mall, rules, card, today, today)
        if not card.version:
            member_of(mall, member_id)
        account = fresh or mall.accounts.account(member_id)
        after = card.marked(today)
        gifts = _gifts(rules, card, today, origin)
        try:
            commit(mall, [SaveActivity(after), *giving(account, programme, now, gifts)])
        except WriteRefused as refused:
            if was_booked(refused, key_of(member_id, today)):
                raise already(mall, rules, after, today, today) from refused
            raise lost(refused) from refused
        next_points = next_points_of(rules, after, today)
        streak = card.streak_on(today - DAY) + 1
        return CheckedIn(today, points_of(gifts), streak, next_points)

    return until_it_holds(attempt)


def rules_of(programme: Programme) -> CheckInRules:
    """Return what the programme says about check-ins.

    Raises:
        NotFound: nothing.
    """
    if programme.check_ins is None:
        raise NotFound("The programme gives nothing for check-ins.")
    return programme.check_ins


def bonuses_of(rules: CheckInRules, card: CheckInCard, day: date) -> tuple[Gift, ...]:
    """Return what marking a day completes: a week in a row, a full month."""
    member, reason = f"member:{card.member_id}", "check-in-bonus"
    gifts = []
    if rules.week_bonus and card.completes_week(day):
        gifts.append(Gift(EntryKey(member, f"check-in-week:{day}"), rules.week_bonus, reason))
    if rules.month_bonus and card.completes_month(day):
        key = EntryKey(member, f"check-in-month:{day:%Y-%m}")
        gifts.append(Gift(key, rules.month_bonus, reason))
    return tuple(gifts)


def worth_of(rules: CheckInRules, card: CheckInCard, day: date) -> int:
    """Return what checking in on a day gives in all."""
    streak = card.streak_on(day - DAY) + 1
    return rules.points_on(streak) + points_of(bonuses_of(rules, card, day))


def key_of(member_id: str, day: date) -> EntryKey:
    """Return the key of a day: it is marked once, come to or repaired."""
    return EntryKey(f"member:{member_id}", f"check-in:{day}")


def already(
    mall: Mall, rules: CheckInRules, card: CheckInCard, day: date, today: date
) -> AlreadyCheckedIn:
    """Return the refusal to mark a day again, with what it gave the first time."""
    entry = mall.ledger.entry(key_of(card.member_id, day))
    assert entry, "a day that is marked has its entry"
    return AlreadyCheckedIn(
        date=day.isoformat(),
        points=entry.explanation["points_in_all"],
        streak=card.streak_until(today),
        next_points=next_points_of(rules, card, today),
    )


def next_points_of(rules: CheckInRules, card: CheckInCard, today: date) -> int:
    """Return what the next check-in gives: today's, or tomorrow's if today's is done."""
    return worth_of(rules, card, today + DAY if today in card.days else today)


def _gifts(rules: CheckInRules, card: CheckInCard, today: date, origin: Origin) -> tuple[Gift, ...]:
    streak = card.streak_on(today - DAY) + 1
    why = {"streak": streak, "points_in_all": worth_of(rules, card, today), **origin.facts}
    day = Gift(key_of(card.member_id, today), rules.points_on(streak), "check-in", why)
    return (day, *bonuses_of(rules, card, today))
