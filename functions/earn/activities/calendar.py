"""Use case of members: look at a month of check-ins."""

from dataclasses import dataclass
from datetime import date

from earn.activities.check_ins import key_of, next_points_of, rules_of
from earn.activities.repairs import price_of
from loyalty.domain.account import Kind
from loyalty.domain.check_in import DAY, CheckInCard, CheckInRules
from loyalty.domain.entry import EntryKey
from loyalty.domain.errors import LoyaltyError
from loyalty.joining import member_of
from loyalty.ports import Mall


@dataclass(frozen=True, slots=True)
class MarkedDay:
    """A day that counts, what it gave, and whether it was bought."""

    date: date
    points: int
    is_repaired: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """A month's marked days, and how things stand today."""

    month: date
    today: date
    checked_in_today: bool
    days: tuple[MarkedDay, ...]
    streak: int
    next_points: int
    repairable: tuple[date, ...]
    repair_price: int | None


def show_check_ins(mall: Mall, member_id: str, month: date | None = None) -> Calendar:
    """Return a month of a member's check-ins, the current one if none is named.

    Raises:
        NotFound: the programme gives nothing for check-ins.
    """
    now, programme = mall.clock.now(), mall.programmes.live()
    rules, today = rules_of(programme), programme.today(now)
    joined_on = programme.today(member_of(mall, member_id).joined_at)
    card = mall.activities.check_ins(member_id)
    month = month or today.replace(day=1)
    return Calendar(
        month=month,
        today=today,
        checked_in_today=today in card.days,
        days=_days(mall, member_id, month),
        streak=card.streak_until(today),
        next_points=next_points_of(rules, card, today),
        repairable=_repairable(rules, card, today, joined_on),
        repair_price=rules.repair.price if rules.repair else None,
    )


def _days(mall: Mall, member_id: str, month: date) -> tuple[MarkedDay, ...]:
    first = key_of(member_id, month)
    entries = mall.ledger.entries_under(first.partition, first.fact.removesuffix("01"))
    return tuple(
        MarkedDay(
            date=_day_of(entry.key),
            points=int(str(entry.explanation["points_in_all"])),
            is_repaired=entry.kind is Kind.SPEND,
        )
        for entry in entries
    )


def _day_of(key: EntryKey) -> date:
    return date.fromisoformat(key.fact.rpartition(":")[2])


def _repairable(
    rules: CheckInRules, card: CheckInCard, today: date, joined_on: date
) -> tuple[date, ...]:
    if rules.repair is None:
        return ()
    back = [today - days * DAY for days in range(rules.repair.days_back, 0, -1)]
    missed = (day for day in back if day not in card.days)
    return tuple(day for day in missed if _can_repair(rules, card, day, today, joined_on))


def _can_repair(
    rules: CheckInRules, card: CheckInCard, day: date, today: date, joined_on: date
) -> bool:
    try:
        price_of(rules, card, day, today, joined_on)
    except LoyaltyError:
        return False
    return True
