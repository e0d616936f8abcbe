"""Campaigns over HTTP."""

from typing import Annotated

from aws_lambda_powertools.event_handler.openapi.params import Path
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from earn.campaigns import managing, simulating
from earn.campaigns.forms import PastDays, Stop, TermsForm
from earn.campaigns.views import CampaignList, CampaignView, SimulationView
from loyalty.api.auth import Operator, Reader
from loyalty.api.idempotency import IdempotencyKey
from loyalty.api.pagination import Paging
from loyalty.bootstrap import mall

router = APIGatewayHttpRouter()  # type: ignore[no-untyped-call] # the library's own

CAMPAIGNS = "/v1/admin/campaigns"
CampaignId = Annotated[str, Path(min_length=1, max_length=40, description="The campaign's id.")]


@router.get(CAMPAIGNS)
def list_campaigns(_caller: Reader, paging: Paging) -> CampaignList:
    """Campaigns, the newest first."""
    page = managing.list_campaigns(mall(), paging.limit, paging.position)
    return CampaignList.of(page, paging.cursor_after(page))


@router.post(CAMPAIGNS, status_code=201)
def create_campaign(caller: Operator, key: IdempotencyKey, body: TermsForm) -> CampaignView:
    """Draft a campaign."""
    return CampaignView.of(managing.create_campaign(mall(), caller.operator, key, body.terms()))


@router.get(f"{CAMPAIGNS}/<campaign_id>")
def show_campaign(_caller: Reader, campaign_id: CampaignId) -> CampaignView:
    """A campaign, and what its budget has given so far."""
    return CampaignView.of(managing.show_campaign(mall(), campaign_id))


@router.put(f"{CAMPAIGNS}/<campaign_id>")
def change_campaign(caller: Operator, campaign_id: CampaignId, body: TermsForm) -> CampaignView:
    """Give a draft other terms."""
    return CampaignView.of(
        managing.change_campaign(mall(), caller.operator, campaign_id, body.terms())
    )


@router.post(f"{CAMPAIGNS}/<campaign_id>/schedule")
def schedule_campaign(
    caller: Operator, key: IdempotencyKey, campaign_id: CampaignId
) -> CampaignView:
    """Fix a draft's terms; it starts by itself on its first day."""
    return CampaignView.of(managing.schedule_campaign(mall(), caller.operator, key, campaign_id))


@router.post(f"{CAMPAIGNS}/<campaign_id>/start")
def start_campaign(caller: Operator, key: IdempotencyKey, campaign_id: CampaignId) -> CampaignView:
    """Start a draft today."""
    return CampaignView.of(managing.start_campaign(mall(), caller.operator, key, campaign_id))


@router.post(f"{CAMPAIGNS}/<campaign_id>/stop")
def stop_campaign(
    caller: Operator, key: IdempotencyKey, campaign_id: CampaignId, body: Stop
) -> CampaignView:
    """End a campaign before its time."""
    return CampaignView.of(
        managing.stop_campaign(mall(), caller.operator, key, campaign_id, body.reason)
    )


@router.post(f"{CAMPAIGNS}/<campaign_id>/simulate")
def simulate_campaign(_caller: Operator, campaign_id: CampaignId, body: PastDays) -> SimulationView:
    """What a campaign would have done on past days, by day and by campaign."""
    return SimulationView.of(
        simulating.simulate_at_once(mall(), campaign_id, body.first, body.last)
    )
