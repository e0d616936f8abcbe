"""Taking back what a refunded order had earned. Never silent, never more than was given."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from loyalty.domain.account import Account, Kind, Outcome, Posting, draw
from loyalty.domain.acts import settle


class ClawBackPolicy(StrEnum):
    """What becomes of points that are no longer there: owed, or let go and recorded."""

    DEBT = "debt"
    CLAMP = "clamp"


@dataclass(frozen=True, slots=True)
class LapsedLot:
    """What lapsed in one lot, and how much of that claw-backs have counted as taken already.

    Orders that share a lot share what lapsed in it, so each lapsed point counts once.
    """

    member_id: str
    lot: date
    lapsed: int = 0
    counted: int = 0
    version: int = 0

    @property
    def uncounted(self) -> int:
        """Points that lapsed and no claw-back has counted yet."""
        return self.lapsed - self.counted


@dataclass(frozen=True, slots=True)
class Taken:
    """Where a claw-back found its points."""

    pending: int = 0
    lots: int = 0
    lapsed: int = 0
    debt: int = 0
    shortfall: int = 0


def claw_back(
    account: Account,
    today: date,
    points: int,
    lapsed: LapsedLot,
    *,
    pending: int = 0,
    policy: ClawBackPolicy = ClawBackPolicy.DEBT,
) -> tuple[Outcome, Taken]:
    """Take points back: the order's pending row, its own lot, other lots, then a debt.

    Args:
        account: the member's account.
        today: the programme's day.
        points: how many to take, as the order's book says.
        lapsed: the order's lot, with what had lapsed in it before this act.
        pending: what the order's pending row still holds.
        policy: what becomes of the part that is not found.
    """
    settled = settle(account, today)
    from_pending = min(points, pending)
    need = points - from_pending
    lots = settled.account.lots
    own = min(need, lots.get(lapsed.lot, 0))
    need -= own
    lapsing = sum(-p.available for p in settled.postings if p.facts.get("lot") == lapsed.lot)
    from_lapsed = min(need, lapsed.uncounted + lapsing) if lapsed.lot < today else 0
    need -= from_lapsed
    others = draw({day: n for day, n in lots.items() if day != lapsed.lot}, need)
    need -= sum(others.values())
    drawn = {lapsed.lot: own, **others} if own else others
    owed = need if policy is ClawBackPolicy.DEBT else 0
    taken = Taken(from_pending, sum(drawn.values()), from_lapsed, owed, need - owed)
    posting = Posting(
        Kind.CLAW_BACK,
        lots={day: -n for day, n in drawn.items()},
        pending=-from_pending,
        debt=owed,
        facts={
            "taken_back": points,
            **({"lapsed_already": from_lapsed} if from_lapsed else {}),
            **({"shortfall": taken.shortfall} if taken.shortfall else {}),
        },
    )
    return settled.then(posting), taken
