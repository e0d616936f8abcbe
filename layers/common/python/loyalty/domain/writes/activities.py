"""Writes of what members do besides buying: each row is guarded by its version."""

from dataclasses import dataclass

from loyalty.domain.check_in import CheckInCard
from loyalty.domain.order_book import OrderBook
from loyalty.domain.referral import Bond, ReferralCode, Referrer
from loyalty.domain.request import Request
from loyalty.domain.task import TaskProgress

Activity = CheckInCard | TaskProgress | Request | ReferralCode | Referrer | Bond
"""Rows of activities."""


@dataclass(frozen=True, slots=True)
class SaveActivity:
    """Put an activity's row; holds while the row's version is one less (1: while there is none)."""

    activity: Activity


@dataclass(frozen=True, slots=True)
class ForbidRing:
    """Hold while a referrer was not brought by this very friend."""

    referrer_id: str
    friend_id: str


@dataclass(frozen=True, slots=True)
class OrderStands:
    """Hold while nothing has happened to a shop's paid order since it was read."""

    book: OrderBook
