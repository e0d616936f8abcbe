"""Acts on an account, each settling first what has lapsed: earn, spend, hold, give back."""

from collections.abc import Mapping
from datetime import date

from loyalty.domain.account import (
    Account,
    Kind,
    Lots,
    Outcome,
    Posting,
    draw,
    unchanged,
)
from loyalty.domain.errors import AccountFrozen, InsufficientPoints

Draws = Mapping[date, int]
"""Points taken, by the lot they came from."""


def settle(account: Account, today: date) -> Outcome:
    """Let each lot lapse whose last valid day has passed, one posting a lot."""
    return _lapse(unchanged(account), today)


def earn(account: Account, today: date, points: int, lot: date) -> Outcome:
    """Add points to their lot; a debt is repaid first, a lot that has passed is not created."""
    return _credit(settle(account, today), today, Kind.EARN, points, lot)


def earn_pending(account: Account, today: date, points: int) -> Outcome:
    """Record points that become usable when the return window has ended."""
    return settle(account, today).then(Posting(Kind.EARN, pending=points))


def mature(account: Account, today: date, points: int, lot: date) -> Outcome:
    """Make pending points usable; a debt is repaid first. If their lot has passed they lapse."""
    settled = settle(account, today)
    return into_lots(settled, today, Kind.MATURE, {lot: points}, pending=-points)


def spend(account: Account, today: date, points: int) -> tuple[Outcome, Draws]:
    """Take points, earliest-expiring lots first.

    Raises:
        AccountFrozen: operations have frozen the account.
        InsufficientPoints: fewer points are available than needed.
    """
    settled, draws = take(account, today, points)
    return settled.then(Posting(Kind.SPEND, lots=minus(draws))), draws


def hold(account: Account, today: date, points: int) -> tuple[Outcome, Draws]:
    """Take points out of their lots until they are captured or released.

    Raises:
        AccountFrozen: operations have frozen the account.
        InsufficientPoints: fewer points are available than needed.
    """
    settled, draws = take(account, today, points)
    return settled.then(Posting(Kind.HOLD, lots=minus(draws), held=points)), draws


def adjust(account: Account, today: date, points: int, lot: date) -> Outcome:
    """Add points to a lot by hand, or (negative) take them away, even from a frozen account.

    Raises:
        InsufficientPoints: fewer points are available than are to be taken.
    """
    assert points, "an adjustment changes something"
    if points > 0:
        return _credit(settle(account, today), today, Kind.ADJUST, points, lot)
    settled, draws = _draw(account, today, -points)
    return settled.then(Posting(Kind.ADJUST, lots=minus(draws)))


def capture(
    account: Account,
    today: date,
    draws: Draws,
    points: int | None = None,
    grace_until: date | None = None,
) -> tuple[Outcome, Draws]:
    """Spend a hold, or ``points`` of it; the rest goes back. Return also the draws kept."""
    settled = settle(account, today)
    total = sum(draws.values())
    rest = total - (total if points is None else points)
    assert 0 <= rest <= total, "a capture takes no more than was held"
    back = latest(draws, rest)
    kept = {day: n - back.get(day, 0) for day, n in draws.items() if n > back.get(day, 0)}
    homes = _homes(back, today, grace_until)
    return into_lots(settled, today, Kind.CAPTURE, homes, held=-total), kept


def release(account: Account, today: date, draws: Draws, grace_until: date | None) -> Outcome:
    """Give a hold back. Lots that passed lapse at once, or live on until ``grace_until``."""
    settled, homes = settle(account, today), _homes(draws, today, grace_until)
    return into_lots(settled, today, Kind.RELEASE, homes, held=-sum(draws.values()))


def give_back(account: Account, today: date, draws: Draws, grace_until: date | None) -> Outcome:
    """Return spent points to their own lots (a cancelled or returned redemption)."""
    settled, homes = settle(account, today), _homes(draws, today, grace_until)
    return into_lots(settled, today, Kind.RETURN, homes)


def latest(draws: Draws, points: int) -> dict[date, int]:
    """Return ``points`` out of draws, latest-expiring first: what a partial return gives back."""
    back: dict[date, int] = {}
    for day in sorted(draws, reverse=True):
        if points <= 0:
            break
        back[day] = min(points, draws[day])
        points -= back[day]
    return back


def take(account: Account, today: date, points: int) -> tuple[Outcome, Draws]:
    """Choose the points to take, earliest-expiring lots first; nothing is booked yet.

    Raises:
        AccountFrozen: operations have frozen the account.
        InsufficientPoints: fewer points are available than needed.
    """
    assert points > 0, "an order of no points takes none"
    if account.frozen_at is not None:
        raise AccountFrozen
    return _draw(account, today, points)


def _draw(account: Account, today: date, points: int) -> tuple[Outcome, Draws]:
    available = account.available_on(today)
    if available < points:
        raise InsufficientPoints(
            f"{points} points are needed, {available} are available.",
            needed=points,
            available=available,
            short_by=points - available,
        )
    settled = settle(account, today)
    return settled, draw(settled.account.lots, points)


def _credit(outcome: Outcome, today: date, kind: Kind, points: int, lot: date) -> Outcome:
    if lot < today:
        return outcome.then(Posting(kind, facts={"lapsed_on_arrival": points}))
    return into_lots(outcome, today, kind, {lot: points})


def _homes(draws: Draws, today: date, grace_until: date | None) -> dict[date, int]:
    """Each draw returns to its own lot; a lot that has passed, to the grace lot if there is one."""
    homes: dict[date, int] = {}
    for day, points in draws.items():
        home = grace_until if day < today and grace_until and grace_until >= today else day
        homes[home] = homes.get(home, 0) + points
    return homes


def into_lots(
    outcome: Outcome, today: date, kind: Kind, credit: Lots, held: int = 0, pending: int = 0
) -> Outcome:
    """Credit lots: those still valid repay a debt first, those that have passed lapse at once."""
    live = {day: points for day, points in credit.items() if day >= today}
    repaid = draw(live, outcome.account.debt)
    lots = {day: n - repaid.get(day, 0) for day, n in credit.items() if n > repaid.get(day, 0)}
    debt = sum(repaid.values())
    facts: dict[str, object] = {"debt_repaid": debt} if debt else {}
    return _lapse(outcome.then(Posting(kind, lots, held, pending, -debt, facts)), today)


def _lapse(outcome: Outcome, today: date) -> Outcome:
    for day, points in sorted(outcome.account.lots.items()):
        if day < today:
            outcome = outcome.then(Posting(Kind.LAPSE, lots={day: -points}, facts={"lot": day}))
    return outcome


def minus(draws: Lots) -> dict[date, int]:
    """Return points as what leaves their lots."""
    return {day: -points for day, points in draws.items()}
