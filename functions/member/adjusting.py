"""Use case of operators: add points by hand, or take them away, with a reason."""

from dataclasses import dataclass
from datetime import date

from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain import acts
from loyalty.domain.account import Account
from loyalty.domain.adjustment import WaitingAdjustment, adjustment_id_of
from loyalty.domain.audit import Operator
from loyalty.domain.calendar import NEVER
from loyalty.domain.entry import Circumstances, Entry, EntryKey
from loyalty.domain.errors import IdempotencyKeyReused, InsufficientPoints, Invalid
from loyalty.domain.programme import Programme
from loyalty.domain.writes import AddAdjustment, Write
from loyalty.ports import Mall
from loyalty.posting import changes, until_it_holds
from member.lookup import existing


@dataclass(frozen=True, slots=True)
class Adjustment:
    """Points, signed; ``expires_on`` only where some are added, else the programme's validity."""

    points: int
    reason: str
    expires_on: date | None = None

    @property
    def request(self) -> dict[str, object]:
        """What is asked for, as plain JSON."""
        day = self.expires_on.isoformat() if self.expires_on else None
        return {"points": self.points, "reason": self.reason, "expires_on": day}

    @classmethod
    def of(cls, asked: WaitingAdjustment) -> "Adjustment":
        """Return what was asked for."""
        return cls(asked.points, asked.reason, asked.expires_on)


def adjust_points(
    mall: Mall, operator: Operator, key: str, member_id: str, adjustment: Adjustment
) -> Entry | WaitingAdjustment:
    """Adjust a member's points once, and return the entry that tells it.

    Above the programme's limit nothing is done until a second person approves: what waits for
    that is returned instead.

    Raises:
        NotFound: there is no such member.
        Forbidden: the member is the operator.
        Invalid: the points would have expired by now, or points taken away would expire.
        InsufficientPoints: fewer points are available than are to be taken.
        IdempotencyKeyReused: the key came with another adjustment before.
        Busy: the account changes all the time.
    """
    operator.acts_for_others(member_id)
    act = OperatorAct(
        operator,
        "member.adjust",
        member_id,
        key,
        request=adjustment.request,
        reason=adjustment.reason,
        after=adjustment.request,
    )
    waits = WaitingAdjustment(
        adjustment_id=adjustment_id_of(act.act_id),
        member_id=member_id,
        points=adjustment.points,
        reason=adjustment.reason,
        expires_on=adjustment.expires_on,
        requested_by=operator.subject,
        requested_at=mall.clock.now(),
    )

    def attempt(fresh: Account | None) -> None:
        account = fresh or existing(mall, member_id)[1]
        programme = mall.programmes.live()
        if abs(adjustment.points) <= programme.review.four_eyes_above:
            commit_once(mall, act, booking_of(mall, account, waits))
            return
        _lot(adjustment, programme, programme.today(mall.clock.now()))
        commit_once(mall, act, [AddAdjustment(waits)])

    try:
        until_it_holds(attempt)
    except (InsufficientPoints, Invalid):
        # The answer to this very request may have been lost; then what was done stands.
        if mall.ledger.entry(entry_key_of(waits)) is None:
            raise
    return _made(mall, waits, adjustment)


def entry_key_of(waits: WaitingAdjustment) -> EntryKey:
    """Return the key of the entry that an adjustment makes, whoever has to approve it."""
    act_id = waits.adjustment_id.replace("adj_", "act_", 1)
    return EntryKey(f"member:{waits.member_id}", f"adjust:{act_id}")


def booking_of(mall: Mall, account: Account, asked: WaitingAdjustment) -> tuple[Write, ...]:
    """Return what carrying an adjustment out writes.

    Raises:
        Invalid: the points would have expired by now, or points taken away would expire.
        InsufficientPoints: fewer points are available than are to be taken.
    """
    now, programme = mall.clock.now(), mall.programmes.live()
    today, adjustment = programme.today(now), Adjustment.of(asked)
    outcome = acts.adjust(account, today, asked.points, _lot(adjustment, programme, today))
    approval = {"approved_by": asked.decided_by} if asked.decided_by else {}
    why = Circumstances(
        occurred_at=now,
        recorded_at=now,
        reason=asked.reason,
        actor=f"operator:{asked.requested_by}",
        programme_version=programme.version,
        explanation={"asked": adjustment.request, **approval},
    )
    return changes(account, outcome, entry_key_of(asked), why)


def _lot(adjustment: Adjustment, programme: Programme, today: date) -> date:
    day = adjustment.expires_on
    if day is None:
        return programme.validity.expires_on(today)
    if adjustment.points < 0:
        raise Invalid.at("expires_on", "Points that are taken away do not expire.")
    if not today <= day <= NEVER:
        raise Invalid.at("expires_on", f"A day from {today} to {NEVER} is expected.")
    return day


def _made(
    mall: Mall, asked: WaitingAdjustment, adjustment: Adjustment
) -> Entry | WaitingAdjustment:
    waiting = mall.adjustments.adjustment(asked.adjustment_id)
    if waiting:
        return waiting
    entry = mall.ledger.entry(entry_key_of(asked))
    assert entry, "an adjustment that was committed has its entry"
    if entry.explanation["asked"] != adjustment.request:
        raise IdempotencyKeyReused
    return entry
