"""Gifts that turned out to be undeserved are taken back, as what a refunded order had earned."""

from dataclasses import replace
from datetime import date, datetime

from loyalty.domain.account import Account
from loyalty.domain.claw_back import claw_back
from loyalty.domain.programme import Programme
from loyalty.domain.writes import CountLapsed, Write
from loyalty.giving import Gift, Together
from loyalty.ports import Mall


def taking_back(
    mall: Mall, account: Account, programme: Programme, now: datetime, gift: Gift, lot: date
) -> tuple[Write, ...]:
    """Return what taking a gift back writes; ``gift`` is told by its own new key.

    Taken from its lot, from other lots, then owed or let go, as the programme says.
    """
    lapsed = mall.ledger.lapsed_lot(account.member_id, lot)
    outcome, taken = claw_back(
        account, programme.today(now), gift.points, lapsed, policy=programme.claw_back
    )
    together = Together.on(account)
    writes = together.then(outcome, gift.key, together.why(gift, programme, now)).writes
    if not taken.lapsed:
        return writes
    counted = replace(lapsed, counted=lapsed.counted + taken.lapsed, version=lapsed.version + 1)
    return (*writes, CountLapsed(counted))
