"""Use case of operators: add points by hand, or take them away, with a reason."""

from dataclasses import dataclass
from datetime import date

from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain import acts
from loyalty.domain.account import Account
from loyalty.domain.audit import Operator
from loyalty.domain.calendar import NEVER
from loyalty.domain.entry import Circumstances, Entry, EntryKey
from loyalty.domain.errors import IdempotencyKeyReused, InsufficientPoints, Invalid
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


def adjust_points(
    mall: Mall, operator: Operator, key: str, member_id: str, adjustment: Adjustment
) -> Entry:
    """Adjust a member's points once, and return the entry that tells it.

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
    entry_key = EntryKey(f"member:{member_id}", f"adjust:{act.act_id}")

    def attempt(fresh: Account | None) -> None:
        account = fresh or existing(mall, member_id)[1]
        now, programme = mall.clock.now(), mall.programmes.live()
        today = programme.today(now)
        lot = _lot(adjustment, today) or programme.validity.expires_on(today)
        outcome = acts.adjust(account, today, adjustment.points, lot)
        why = Circumstances(
            occurred_at=now,
            recorded_at=now,
            reason=adjustment.reason,
            actor=f"operator:{operator.subject}",
            programme_version=programme.version,
            explanation={"asked": adjustment.request},
        )
        commit_once(mall, act, changes(account, outcome, entry_key, why))

    try:
        until_it_holds(attempt)
    except (InsufficientPoints, Invalid):
        # The answer to this very request may have been lost; then what was done stands.
        if mall.ledger.entry(entry_key) is None:
            raise
    return _made(mall, entry_key, adjustment)


def _lot(adjustment: Adjustment, today: date) -> date | None:
    day = adjustment.expires_on
    if day is None:
        return None
    if adjustment.points < 0:
        raise Invalid.at("expires_on", "Points that are taken away do not expire.")
    if not today <= day <= NEVER:
        raise Invalid.at("expires_on", f"A day from {today} to {NEVER} is expected.")
    return day


def _made(mall: Mall, key: EntryKey, adjustment: Adjustment) -> Entry:
    entry = mall.ledger.entry(key)
    assert entry, "an adjustment that was committed has its entry"
    if entry.explanation["asked"] != adjustment.request:
        raise IdempotencyKeyReused
    return entry
