"""Acts on an account whose points come from somewhere, or go there: each keeps its last day."""

from datetime import date

from loyalty.domain.account import Account, Kind, Lots, Outcome, Posting
from loyalty.domain.acts import Draws, into_lots, minus, settle, take
from loyalty.domain.errors import AccountFrozen


def bring(account: Account, today: date, points: int, lot: date) -> Outcome:
    """Book points that another system had; a debt is repaid first."""
    return into_lots(settle(account, today), today, Kind.IMPORT, {lot: points})


def take_back(account: Account, today: date, points: int, lot: date) -> tuple[Outcome, int]:
    """Take back what is left in a lot of the points that were brought; return how many that is."""
    settled = settle(account, today)
    taken = min(points, settled.account.lots.get(lot, 0))
    missing = points - taken
    gone = "lapsed" if lot < today else "spent"
    facts = {"asked": points, **({gone: missing} if missing else {})}
    lots = {lot: -taken} if taken else {}
    return settled.then(Posting(Kind.IMPORT, lots, facts=facts)), taken


def give(account: Account, today: date, points: int) -> tuple[Outcome, Draws]:
    """Take points for somebody else, earliest-expiring lots first.

    Raises:
        AccountFrozen: operations have frozen the account.
        InsufficientPoints: fewer points are available than needed.
    """
    settled, draws = take(account, today, points)
    return settled.then(Posting(Kind.TRANSFER, minus(draws))), draws


def receive(account: Account, today: date, lots: Lots, kind: Kind = Kind.TRANSFER) -> Outcome:
    """Book points that somebody gives, each in the lot it had; those that have passed lapse.

    Raises:
        AccountFrozen: operations have frozen the account.
    """
    if account.frozen_at is not None:
        raise AccountFrozen
    return take_home(account, today, lots, kind)


def take_home(account: Account, today: date, lots: Lots, kind: Kind = Kind.TRANSFER) -> Outcome:
    """Book a giver's own points that nobody took, even into a frozen account."""
    return into_lots(settle(account, today), today, kind, lots)
