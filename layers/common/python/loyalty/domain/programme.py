"""The rules that operators publish, as one versioned document. Days are days in its zone."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from loyalty.domain.anomaly.rules import AnomalyRules
from loyalty.domain.birthday import BirthdayRules
from loyalty.domain.calendar import local_day
from loyalty.domain.check_in import CheckInRules
from loyalty.domain.claw_back import ClawBackPolicy
from loyalty.domain.offset import OffsetRules
from loyalty.domain.packet import PacketRules
from loyalty.domain.payment import PaymentRules
from loyalty.domain.pricing.members_day import MembersDay
from loyalty.domain.rates import Caps, CurrencyRates, Rate
from loyalty.domain.referral import ReferralRules
from loyalty.domain.reminder import ReminderRules
from loyalty.domain.task import Task
from loyalty.domain.tier import TierRules
from loyalty.domain.validity import Validity
from loyalty.domain.welcome import WelcomeRules

__all__ = [
    "CurrencyRates",
    "Programme",
    "Publication",
    "Rate",
    "ReturnWindow",
    "ReviewRules",
    "Rounding",
]


class Rounding(StrEnum):
    """How a purchase's exact points become whole ones, once, at the end."""

    FLOOR = "floor"
    HALF_UP = "half_up"
    CEILING = "ceiling"


@dataclass(frozen=True, slots=True)
class ReturnWindow:
    """Days until earned points become usable; an order waits for its slowest category."""

    days: int = 0
    categories: Mapping[str, int] = field(default_factory=dict)

    def days_for(self, categories: set[str | None]) -> int:
        """Return the days that an order with lines of these categories waits."""
        return max((self.categories.get(c or "", self.days) for c in categories), default=self.days)


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """When a redemption of an ``auto`` item waits for a person, and for how long.

    ``four_eyes_above`` points two reviewers must approve.
    """

    points_above: int = 5_000
    account_younger_than_hours: int = 0
    redemptions_per_hour_above: int = 1_000
    four_eyes_above: int = 100_000
    hours: int = 72


@dataclass(frozen=True, slots=True)
class Programme:
    """One published version of the merchant's rules."""

    version: int = 0
    time_zone: str = "Asia/Shanghai"
    rates: Mapping[str, CurrencyRates] = field(default_factory=dict)
    rounding: Rounding = Rounding.FLOOR
    validity: Validity = field(default_factory=Validity)
    return_window: ReturnWindow = field(default_factory=ReturnWindow)
    claw_back: ClawBackPolicy = ClawBackPolicy.DEBT
    grace_days: int = 30
    review: ReviewRules = field(default_factory=ReviewRules)
    reminders: ReminderRules = field(default_factory=ReminderRules)
    welcome: WelcomeRules | None = None
    check_ins: CheckInRules | None = None
    red_packets: PacketRules | None = None
    tasks: tuple[Task, ...] = ()
    referral: ReferralRules | None = None
    tiers: TierRules | None = None
    birthday: BirthdayRules | None = None
    caps: Caps = field(default_factory=Caps)
    offset: OffsetRules | None = None
    payment: PaymentRules = field(default_factory=PaymentRules)
    members_day: MembersDay | None = None
    anomalies: AnomalyRules | None = None

    def today(self, now: datetime) -> date:
        """Return the programme's day at an instant."""
        return local_day(now, self.time_zone)

    def grace_until(self, today: date) -> date:
        """Return the lot for points given back late through our own doing.

        Never longer than fresh points would live.
        """
        return min(today + timedelta(days=self.grace_days), self.validity.expires_on(today))


@dataclass(frozen=True, slots=True)
class Publication:
    """A version of the rules, and who put it in force, when and why (as far as that is known)."""

    programme: Programme
    published_at: datetime | None = None
    published_by: str | None = None
    reason: str | None = None

    @property
    def version(self) -> int:
        """The version's number."""
        return self.programme.version
