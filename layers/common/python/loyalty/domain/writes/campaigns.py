"""Writes of campaigns, and of what bounds the points that purchases earn."""

from dataclasses import dataclass
from datetime import date

from loyalty.domain.campaign import Campaign


@dataclass(frozen=True, slots=True)
class AddCampaign:
    """Put a campaign; holds while its id is free."""

    campaign: Campaign


@dataclass(frozen=True, slots=True)
class ChangeCampaign:
    """Replace a campaign; holds while the row's version is one less."""

    campaign: Campaign


@dataclass(frozen=True, slots=True)
class DrawBudget:
    """Take points from a shard of a campaign's budget; holds while the shard's share suffices."""

    campaign_id: str
    shard: int
    points: int
    share: int


@dataclass(frozen=True, slots=True)
class CountMember:
    """Count points that a campaign gives a member; holds while the sum stays within the cap."""

    member_id: str
    campaign_id: str
    points: int
    cap: int


@dataclass(frozen=True, slots=True)
class CountDay:
    """Count points that a member earns on a day; holds while the sum stays within the cap."""

    member_id: str
    day: date
    points: int
    cap: int


@dataclass(frozen=True, slots=True)
class FixBirthday:
    """Note on which day of a year a member had the birthday; holds while no other day is noted."""

    member_id: str
    day: date
