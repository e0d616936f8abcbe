"""What every act on a redemption shares: whose it is, why it was booked, and lost races."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from loyalty.domain.account import Account
from loyalty.domain.entry import Circumstances
from loyalty.domain.errors import NotFound
from loyalty.domain.origin import NOWHERE, Origin
from loyalty.domain.payment import Payment
from loyalty.domain.programme import Programme
from loyalty.domain.redemption import Redemption
from loyalty.domain.writes import Write
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import LostRace, commit


def existing(mall: Mall, redemption_id: str) -> Redemption:
    """Return a redemption.

    Raises:
        NotFound: there is none.
    """
    redemption = mall.redemptions.redemption(redemption_id)
    if redemption is None:
        raise NotFound("There is no such redemption.")
    return redemption


def owned(mall: Mall, member_id: str, redemption_id: str) -> Redemption:
    """Return a member's own redemption.

    Raises:
        NotFound: there is none, or it is another member's.
    """
    redemption = existing(mall, redemption_id)
    if redemption.member_id != member_id:
        raise NotFound("There is no such redemption.")
    return redemption


def payment_from(programme: Programme, now: datetime) -> Payment:
    """Return a payment that may be made from now on, as long as the programme says."""
    return Payment(now + timedelta(minutes=programme.payment.minutes))


def why(
    redemption: Redemption, now: datetime, reason: str, actor: str, origin: Origin = NOWHERE
) -> Circumstances:
    """Return what the entries of an act on a redemption say of it."""
    item = {"item_id": redemption.item_id, "quantity": redemption.quantity}
    return Circumstances(
        occurred_at=now,
        recorded_at=now,
        reason=reason,
        actor=actor,
        reference=redemption.redemption_id,
        programme_version=redemption.programme_version,
        explanation={**item, **origin.facts},
    )


def commit_or_race(mall: Mall, writes: Sequence[Write]) -> None:
    """Commit an act on a redemption that was read just before.

    Raises:
        LostRace: the redemption, the account, or both have changed since.
    """
    try:
        commit(mall, writes)
    except WriteRefused as refused:
        accounts = (found for _, found in refused.found if isinstance(found, Account))
        raise LostRace(next(accounts, None)) from refused
