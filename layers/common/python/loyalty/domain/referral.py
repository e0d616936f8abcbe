"""Referral: who brought whom, and what both sides get for the friend's first real purchase."""

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from loyalty.domain.order_book import OrderBook
from loyalty.domain.origin import NOWHERE, Origin

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""What codes are made of: nothing that looks like something else when it is read aloud."""

CODE_LENGTH = 8
NO_MINIMUM = Decimal(0)


@dataclass(frozen=True, slots=True)
class ReferralRules:
    """Points for both sides, how soon a friend must say who, and how often one member earns.

    ``minimum`` is what the purchase must be worth in its own currency, refunds taken off.
    """

    friend_points: int
    referrer_points: int
    within_days: int = 30
    minimum: Decimal = NO_MINIMUM
    per_month: int | None = None
    total: int | None = None
    link: str | None = None


@dataclass(frozen=True, slots=True)
class ReferralCode:
    """Whose code it is."""

    code: str
    member_id: str
    version: int = 1


@dataclass(frozen=True, slots=True)
class Referrer:
    """A member's own code, and how often it has earned: in all, and in the newest month."""

    member_id: str
    code: str = ""
    month: date | None = None
    in_month: int = 0
    in_all: int = 0
    points: int = 0
    version: int = 0

    def may_earn(self, rules: ReferralRules, today: date) -> bool:
        """Whether one more friend still earns this member something."""
        in_month = self.in_month if self.month == today.replace(day=1) else 0
        caps = [(rules.per_month, in_month), (rules.total, self.in_all)]
        return all(cap is None or count < cap for cap, count in caps)

    def earned(self, points: int, today: date) -> "Referrer":
        """Return the count with one more friend's purchase."""
        month = today.replace(day=1)
        return replace(
            self,
            month=month,
            in_month=(self.in_month if self.month == month else 0) + 1,
            in_all=self.in_all + 1,
            points=self.points + points,
            version=self.version + 1,
        )

    def gave_back(self, points: int, rewarded_on: date) -> "Referrer":
        """Return the count without a friend whose purchase fell: there is room for another."""
        same_month = self.month == rewarded_on.replace(day=1)
        return replace(
            self,
            in_month=self.in_month - same_month,
            in_all=self.in_all - 1,
            points=self.points - points,
            version=self.version + 1,
        )


class BondStatus(StrEnum):
    """What has come of a friend."""

    WAITING = "waiting"
    REWARDED = "rewarded"


@dataclass(frozen=True, slots=True)
class Bond:
    """A friend was brought by a member. While it is rewarded: for which order, with how much."""

    friend_id: str
    referrer_id: str
    code: str
    since: datetime
    key: str = ""
    origin: Origin = NOWHERE
    status: BondStatus = BondStatus.WAITING
    source: str = ""
    order_id: str = ""
    friend_points: int = 0
    referrer_points: int = 0
    minimum: Decimal = NO_MINIMUM
    rewarded_on: date | None = None
    lot: date | None = None
    version: int = 1

    def rewarded(
        self, book: OrderBook, today: date, friend_points: int, referrer_points: int
    ) -> "Bond":
        """Return the bond after its first real purchase."""
        return replace(
            self,
            status=BondStatus.REWARDED,
            source=book.source,
            order_id=book.order_id,
            friend_points=friend_points,
            referrer_points=referrer_points,
            rewarded_on=today,
            version=self.version + 1,
        )

    def reversed(self) -> "Bond":
        """Return the bond as it waits again: the purchase was none in the end."""
        return replace(
            self,
            status=BondStatus.WAITING,
            source="",
            order_id="",
            friend_points=0,
            referrer_points=0,
            minimum=NO_MINIMUM,
            rewarded_on=None,
            lot=None,
            version=self.version + 1,
        )


def is_real(book: OrderBook, minimum: Decimal, today: date) -> bool:
    """Whether a purchase stands: paid, not called off, worth enough, its return window over."""
    if not book.is_paid or book.is_cancelled or book.grant is None:
        return False
    left = book.grant.base - book.refunded
    is_over = book.usable_on is None or book.usable_on <= today
    return is_over and left > 0 and left >= minimum


def code_of(member_id: str, attempt: int = 0) -> str:
    """Return the code that a member gets; a further one where it is another member's already.

    >>> code_of("lin") == code_of("lin") != code_of("lin", 1)
    True
    """
    digest = hashlib.sha256(f"referral {attempt} {member_id}".encode()).digest()
    number = int.from_bytes(digest[:5], "big")
    return "".join(LETTERS[number >> 5 * place & 31] for place in range(CODE_LENGTH))
