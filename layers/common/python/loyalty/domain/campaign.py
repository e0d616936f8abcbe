"""Campaigns: more points for some members, on some things, for a while, within a budget."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum

from loyalty.domain.campaign_reach import Audience, Scope
from loyalty.domain.campaign_window import Window
from loyalty.domain.item import Text

NOTICE = timedelta(seconds=10)
"""A start or a stop holds this much later, when every function knows of it: so what a payment
earns depends on its instant alone, whichever function has heard what."""


class CampaignStatus(StrEnum):
    """Where a campaign stands."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Spend:
    """``points`` for each full ``amount`` (or for the first) of money spent on what counts."""

    amount: Decimal
    currency: str
    points: int
    repeated: bool = True


@dataclass(frozen=True, slots=True)
class Effect:
    """What a campaign gives; exactly one of the three."""

    multiplier: Decimal | None = None
    bonus: int | None = None
    spend: Spend | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What operators decide of a campaign before it is scheduled.

    ``priority``: the higher rounds and draws first. A campaign that is not stackable competes with
    the others that are not, and the best of them for the member applies.
    """

    name: Text
    window: Window
    effect: Effect
    audience: Audience = field(default_factory=Audience)
    scope: Scope = field(default_factory=Scope)
    priority: int = 0
    stackable: bool = False
    per_member: int | None = None
    budget: int | None = None


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign and where it stands. Its terms are fixed when it is scheduled."""

    campaign_id: str
    terms: Terms
    created_at: datetime
    scheduled_at: datetime | None = None
    stopped_at: datetime | None = None
    version: int = 1

    @property
    def is_metered(self) -> bool:
        """Whether what it gives is counted, against a budget or a member's cap."""
        return self.terms.budget is not None or self.terms.per_member is not None

    @property
    def most(self) -> int | None:
        """The most points that it can give one member; None: no bound."""
        bounds = [b for b in (self.terms.budget, self.terms.per_member) if b is not None]
        return min(bounds, default=None)

    def holds(self, at: datetime, zone: str) -> bool:
        """Tell whether a purchase at an instant has it."""
        if self.scheduled_at is None or at < self.scheduled_at + NOTICE:
            return False
        if self.stopped_at is not None and at >= self.stopped_at + NOTICE:
            return False
        return self.terms.window.holds(at, zone)

    def status(self, now: datetime, zone: str) -> CampaignStatus:
        """Return where it stands; it runs from its first hour through its last."""
        if self.scheduled_at is None:
            return CampaignStatus.DRAFT
        if self.stopped_at is not None or now >= self.terms.window.ends_at(zone):
            return CampaignStatus.ENDED
        begins_at = max(self.scheduled_at + NOTICE, self.terms.window.begins_at(zone))
        return CampaignStatus.RUNNING if now >= begins_at else CampaignStatus.SCHEDULED

    def with_terms(self, terms: Terms) -> "Campaign":
        """Return it with other terms."""
        return replace(self, terms=terms, version=self.version + 1)

    def scheduled(self, now: datetime) -> "Campaign":
        """Return it with its terms fixed from now on."""
        return replace(self, scheduled_at=_whole_second(now), version=self.version + 1)

    def stopped(self, now: datetime) -> "Campaign":
        """Return it ended before its time."""
        return replace(self, stopped_at=_whole_second(now), version=self.version + 1)


def _whole_second(instant: datetime) -> datetime:
    """Return the second of an instant: shops tell of payments by the second."""
    return instant.replace(microsecond=0)
