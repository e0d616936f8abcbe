"""Cancelling, and undoing: points to their own lots, pieces to stock, limits counted back.

Money that was paid is owed back from then on; whoever hears of it gives it back.
"""

from dataclasses import replace

from loyalty.domain import acts
from loyalty.domain.account import Account
from loyalty.domain.entry import EntryKey
from loyalty.domain.redemption import Redemption, Status
from loyalty.domain.steps import Act, Actor, require
from loyalty.domain.writes import ChangeRedemption, CountLimit, GiveBackStock, Write
from loyalty.ports import Mall
from loyalty.posting import changes, until_it_holds
from redeem.booking import commit_or_race, owned, why


def cancel_redemption(mall: Mall, member_id: str, redemption_id: str) -> Redemption:
    """Cancel while fulfilment has not taken the order up; cancelled before is fine.

    Raises:
        NotFound: there is none, or it is another member's.
        NotAllowedNow: it is too late.
    """

    def attempt(fresh: Account | None) -> Redemption:
        redemption = owned(mall, member_id, redemption_id)
        if redemption.status is Status.CANCELLED:
            return redemption
        require(redemption, Act.CANCEL, Actor.MEMBER)
        actor = f"member:{member_id}"
        return undo(mall, redemption, Status.CANCELLED, fresh, actor=actor, is_ours=False)

    cancelled = until_it_holds(attempt)
    if cancelled.review and cancelled.review.task_token:
        mall.review_flow.resume(cancelled.review.task_token, "cancelled")
    return cancelled


def undo(
    mall: Mall,
    redemption: Redemption,
    status: Status,
    fresh: Account | None,
    *,
    actor: str,
    is_ours: bool,
    note: str | None = None,
) -> Redemption:
    """Give everything back and end the redemption in ``status``.

    Args:
        mall: the outside.
        redemption: as it was read.
        status: where it ends.
        fresh: the account, if a lost race has just shown it.
        actor: who does it.
        is_ours: our rejection or time-out, so lapsed lots get the programme's days of grace.
        note: what the member is told.

    Raises:
        LostRace: something changed meanwhile: read again.
    """
    now, programme = mall.clock.now(), mall.programmes.live()
    today = programme.today(now)
    was_held = redemption.is_held
    give_back = acts.release if was_held else acts.give_back
    account = fresh or mall.accounts.account(redemption.member_id)
    outcome = give_back(
        account, today, redemption.draws, programme.grace_until(today) if is_ours else None
    )
    key = EntryKey(redemption.partition, "release" if was_held else "cancel")
    ended = redemption.reach(status, now, note)
    if ended.payment:
        ended = replace(ended, payment=ended.payment.to_refund(now))
    writes: list[Write] = [
        ChangeRedemption(ended),
        *changes(account, outcome, key, why(redemption, now, status.value, actor)),
        GiveBackStock(redemption.item_id, redemption.quantity, was_held=was_held),
    ]
    writes += [
        CountLimit(redemption.member_id, redemption.item_id, period, -redemption.quantity)
        for period in redemption.counted
    ]
    commit_or_race(mall, writes)
    return ended
