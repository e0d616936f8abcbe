"""What operators are told about campaigns."""

from earn.campaigns.forms import TermsForm
from earn.campaigns.managing import ALLOWED, Sighting
from earn.campaigns.simulation import Simulation
from loyalty.api.schema import Instant, Schema
from loyalty.domain.campaign import CampaignStatus
from loyalty.ports import Page


class CampaignView(TermsForm):
    """A campaign, and where it stands.

    `given`: points of its budget so far; null where it has none, and in lists.
    """

    campaign_id: str
    status: CampaignStatus
    allowed_actions: list[str]
    given: int | None
    created_at: Instant
    scheduled_at: Instant | None
    stopped_at: Instant | None

    @classmethod
    def of(cls, seen: Sighting) -> "CampaignView":
        """Return the view of a campaign."""
        campaign, terms = seen.campaign, TermsForm.model_validate(seen.campaign.terms)
        return cls(
            **terms.model_dump(),
            campaign_id=campaign.campaign_id,
            status=seen.status,
            allowed_actions=list(ALLOWED[seen.status]),
            given=seen.given,
            created_at=campaign.created_at,
            scheduled_at=campaign.scheduled_at,
            stopped_at=campaign.stopped_at,
        )


class CampaignList(Schema):
    """Campaigns, the newest first."""

    items: list[CampaignView]
    next_cursor: str | None

    @classmethod
    def of(cls, page: Page[Sighting], cursor: str | None) -> "CampaignList":
        """Return the list of some campaigns."""
        return cls(items=list(map(CampaignView.of, page.items)), next_cursor=cursor)


class CampaignPoints(Schema):
    """What one campaign gave to some orders."""

    campaign_id: str
    orders: int
    points: int


class SimulatedDay(Schema):
    """A past day: what its orders earned, and would have earned with the campaign."""

    day: str
    orders: int
    issued: int
    simulated: int
    campaigns: list[CampaignPoints]


class SimulationView(Schema):
    """What a campaign would have done on past days."""

    orders: int
    skipped_orders: int
    orders_without_member: int
    issued: int
    simulated: int
    budget_left: int | None
    campaigns: list[CampaignPoints]
    days: list[SimulatedDay]

    @classmethod
    def of(cls, found: Simulation) -> "SimulationView":
        """Return the view of a simulation."""
        return cls.model_validate(found.shown())
