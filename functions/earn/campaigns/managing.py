"""Use cases of operators on campaigns: draft, change, schedule, start, stop."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter

from loyalty.auditing import OperatorAct, commit_once
from loyalty.domain.audit import Operator, digest_of
from loyalty.domain.campaign import Campaign, CampaignStatus, Terms
from loyalty.domain.errors import ChangedMeanwhile, Invalid, NotAllowedNow, NotFound
from loyalty.domain.programme import Programme
from loyalty.domain.writes import AddCampaign, ChangeCampaign
from loyalty.ports import Mall, Page, WriteRefused

ALLOWED: Mapping[CampaignStatus, tuple[str, ...]] = {
    CampaignStatus.DRAFT: ("change", "simulate", "schedule", "start"),
    CampaignStatus.SCHEDULED: ("simulate", "stop"),
    CampaignStatus.RUNNING: ("simulate", "stop"),
    CampaignStatus.ENDED: ("simulate",),
}
_TERMS = TypeAdapter(Terms)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A campaign, where it stands now, and what its budget has given (None: it has none)."""

    campaign: Campaign
    status: CampaignStatus
    given: int | None = None


def list_campaigns(
    mall: Mall, limit: int, position: Mapping[str, str] | None = None
) -> Page[Sighting]:
    """Return campaigns, the newest first, without what they have given."""
    page = mall.campaigns.listed(limit=limit, position=position)
    return Page([Sighting(it, _status(mall, it)) for it in page.items], page.next_position)


def show_campaign(mall: Mall, campaign_id: str) -> Sighting:
    """Return a campaign, and what its budget has given so far.

    Raises:
        NotFound: there is none.
    """
    campaign = _campaign(mall, campaign_id)
    has_budget = campaign.terms.budget is not None
    given = sum(mall.campaigns.drawn(campaign).values()) if has_budget else None
    return Sighting(campaign, _status(mall, campaign), given)


def create_campaign(mall: Mall, operator: Operator, key: str, terms: Terms) -> Sighting:
    """Put a new draft; the same key finds the draft that it made.

    Raises:
        Invalid: the terms name a tier that the programme does not know.
        IdempotencyKeyReused: the key made another draft.
    """
    _require_known_tiers(terms, mall.programmes.live())
    campaign_id = campaign_id_for(operator.subject, key)
    facts = _plain(terms)
    act = OperatorAct(operator, "campaign.create", campaign_id, key, request=facts, after=facts)
    commit_once(mall, act, [AddCampaign(Campaign(campaign_id, terms, mall.clock.now()))])
    return show_campaign(mall, campaign_id)


def change_campaign(mall: Mall, operator: Operator, campaign_id: str, terms: Terms) -> Sighting:
    """Give a draft other terms; the same terms again change nothing.

    Raises:
        NotFound: there is none.
        NotAllowedNow: it is scheduled: its terms are fixed.
        Invalid: the terms name a tier that the programme does not know.
        ChangedMeanwhile: somebody else changed it in this very moment.
    """
    before = _campaign(mall, campaign_id)
    _require(mall, before, "change")
    _require_known_tiers(terms, mall.programmes.live())
    if terms != before.terms:
        after = before.with_terms(terms)
        old, new = _plain(before.terms), _plain(terms)
        key = f"v{after.version}:{digest_of(new)}"
        changed = [name for name in new if new[name] != old.get(name)]
        act = OperatorAct(
            operator,
            "campaign.change",
            campaign_id,
            key,
            before={name: old.get(name) for name in changed},
            after={name: new[name] for name in changed},
        )
        _commit(mall, act, after)
    return show_campaign(mall, campaign_id)


def schedule_campaign(mall: Mall, operator: Operator, key: str, campaign_id: str) -> Sighting:
    """Fix a draft's terms: it runs by itself when its first day comes.

    Raises:
        NotFound: there is none.
        NotAllowedNow: it is no draft any more.
        Invalid: its last day has passed.
    """
    return _once(mall, operator, key, campaign_id, "schedule", Campaign.scheduled)


def start_campaign(mall: Mall, operator: Operator, key: str, campaign_id: str) -> Sighting:
    """Fix a draft's terms, and let today be its first day if that is still to come.

    Raises:
        NotFound: there is none.
        NotAllowedNow: it is no draft any more.
        Invalid: its last day has passed.
    """
    today = mall.programmes.live().today(mall.clock.now())

    def started(campaign: Campaign, now: datetime) -> Campaign:
        window = campaign.terms.window
        begins = replace(window, first_day=min(window.first_day, today))
        return replace(campaign, terms=replace(campaign.terms, window=begins)).scheduled(now)

    return _once(mall, operator, key, campaign_id, "start", started)


def stop_campaign(
    mall: Mall, operator: Operator, key: str, campaign_id: str, reason: str
) -> Sighting:
    """End a campaign before its time. Orders paid before that still have it.

    Raises:
        NotFound: there is none.
        NotAllowedNow: it is a draft, or has ended.
    """
    return _once(mall, operator, key, campaign_id, "stop", Campaign.stopped, reason)


def campaign_id_for(operator: str, key: str) -> str:
    """Return the id of the campaign that this operator's key stands for, now and for ever."""
    return f"cmp_{hashlib.sha256(f'{operator} {key}'.encode()).hexdigest()[:12]}"


def _once(
    mall: Mall,
    operator: Operator,
    key: str,
    campaign_id: str,
    name: str,
    change: Callable[[Campaign, datetime], Campaign],
    reason: str | None = None,
) -> Sighting:
    before = _campaign(mall, campaign_id)
    after = change(before, mall.clock.now())
    act = OperatorAct(
        operator,
        f"campaign.{name}",
        campaign_id,
        key,
        request={"reason": reason},
        reason=reason,
        before={"status": _status(mall, before), "window": _plain(before.terms)["window"]},
        after={"status": _status(mall, after), "window": _plain(after.terms)["window"]},
    )
    if mall.trail.record(act.subject, act.act_id) is None:
        _require(mall, before, name)
        _require_days_to_come(mall, before)
    _commit(mall, act, after)
    return show_campaign(mall, campaign_id)


def _commit(mall: Mall, act: OperatorAct, after: Campaign) -> None:
    try:
        commit_once(mall, act, [ChangeCampaign(after)])
    except WriteRefused as refused:
        raise ChangedMeanwhile("Somebody else changed the campaign.") from refused


def _campaign(mall: Mall, campaign_id: str) -> Campaign:
    campaign = mall.campaigns.campaign(campaign_id)
    if campaign is None:
        raise NotFound("There is no such campaign.")
    return campaign


def _status(mall: Mall, campaign: Campaign) -> CampaignStatus:
    return campaign.status(mall.clock.now(), mall.programmes.live().time_zone)


def _require(mall: Mall, campaign: Campaign, act: str) -> None:
    status = _status(mall, campaign)
    if act not in ALLOWED[status]:
        allowed = list(ALLOWED[status])
        raise NotAllowedNow(
            f"A campaign that is {status} cannot be given this.",
            status=status,
            allowed_actions=allowed,
        )


def _require_days_to_come(mall: Mall, campaign: Campaign) -> None:
    zone = mall.programmes.live().time_zone
    if campaign.terms.window.ends_at(zone) <= mall.clock.now():
        raise Invalid.at("window.last_day", "This campaign's last day has passed.")


def _require_known_tiers(terms: Terms, programme: Programme) -> None:
    known = {tier.id for tier in programme.tiers.tiers} if programme.tiers else set()
    for tier in terms.audience.tiers:
        if tier not in known:
            raise Invalid.at("audience.tiers", f"The programme has no tier {tier!r}.")


def _plain(terms: Terms) -> dict[str, object]:
    plain: dict[str, object] = _TERMS.dump_python(terms, mode="json")
    return plain
