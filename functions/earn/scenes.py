"""Sets the scene in which a member's order is reckoned: who buys, and which campaigns hold."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from earn.rules import Scene
from earn.tally import Tally
from loyalty.domain.buyer import Buyer, buyer_on
from loyalty.domain.campaign import Campaign
from loyalty.domain.programme import Programme
from loyalty.ports import Mall

MOST_BYTES_OF_TAGS = 80
"""What tags may take of an entry; of more, only those are kept that a campaign asks for."""


def campaigns_at(mall: Mall, programme: Programme, at: datetime) -> Sequence[Campaign]:
    """Return the campaigns that hold at an instant, for some members and some things."""
    in_play = mall.campaigns.in_play(programme.today(at))
    return [campaign for campaign in in_play if campaign.holds(at, programme.time_zone)]


def scene_at(tally: Tally, at: datetime) -> Scene:
    """Return the scene of an order paid at an instant.

    The member is read only where a rule asks for what the profile says.
    """
    mall, programme = tally.mall, tally.programme
    campaigns = campaigns_at(mall, programme, at)
    buyer = _buyer(mall, programme, campaigns, tally.member_id, at)
    return within(Scene(buyer, campaigns), tally)


def within(scene: Scene, tally: Tally) -> Scene:
    """Return a scene with what is known by now."""
    buyer = scene.buyer
    if buyer and tally.had_birthday:
        buyer = replace(buyer, has_birthday=False)
    return Scene(buyer, scene.campaigns, tally.room(scene.campaigns))


def _buyer(
    mall: Mall,
    programme: Programme,
    campaigns: Sequence[Campaign],
    member_id: str,
    at: datetime,
) -> Buyer | None:
    audiences = [it.terms.audience for it in campaigns if not it.terms.audience.is_everybody]
    if not (programme.tiers or programme.birthday or audiences):
        return None
    member = mall.members.member(member_id)
    if member is None:
        return Buyer()
    seen = buyer_on(member, programme.today(at), programme.time_zone)
    if sum(len(tag.encode()) + 1 for tag in seen.tags) <= MOST_BYTES_OF_TAGS:
        return seen
    asked_for = {tag for it in audiences for tag in (*it.tags, *it.segments)}
    return replace(seen, tags=tuple(tag for tag in seen.tags if tag in asked_for))
