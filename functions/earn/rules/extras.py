"""What campaigns add to a purchase, before rounding: which of them apply, and how much each gives.

A multiplier works on what its lines earn for this member, and adds the difference; so two that
double, side by side, make three times as much, in whatever order they are looked at.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from earn.rules.scene import Room, Scene
from loyalty.domain.buyer import NOBODY
from loyalty.domain.campaign import Campaign
from loyalty.domain.programme import Programme

MOST_AT_ONCE = 5
"""Campaigns on one order: its entry names each, and stays below a kilobyte."""


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A line as campaigns see it: the money of it, and what the member earns with it."""

    campaigns: frozenset[str]
    net: Fraction
    points: Fraction


@dataclass(frozen=True, slots=True)
class Extra:
    """What one campaign adds."""

    campaign: Campaign
    points: Fraction


def in_force(
    scene: Scene, programme: Programme, at: datetime, tier_id: str | None
) -> list[Campaign]:
    """Return the campaigns that an instant and a member have."""
    day = programme.today(at)
    return [
        campaign
        for campaign in scene.campaigns
        if campaign.holds(at, programme.time_zone)
        and (
            campaign.terms.audience.is_everybody
            or campaign.terms.audience.has(scene.buyer or NOBODY, tier_id, day)
        )
    ]


def extras_of(
    campaigns: Iterable[Campaign], lines: Sequence[MemberLine], currency: str, room: Room
) -> list[Extra]:
    """Return what campaigns add: all that are stackable, and of the others the best.

    Those that would have given something and have nothing left come last.
    """
    found = (Extra(it, _points(it, lines, currency)) for it in campaigns)
    turn = sorted((it for it in found if it.points > 0), key=_turn)
    giving = [it for it in turn if _within(it, room) > 0]
    alone = [it for it in giving if not it.campaign.terms.stackable]
    best = max(alone, key=lambda it: _within(it, room), default=None)
    chosen = [it for it in giving if it.campaign.terms.stackable or it is best]
    return [*chosen, *(it for it in turn if _within(it, room) <= 0)][:MOST_AT_ONCE]


def _turn(extra: Extra) -> tuple[int, str]:
    return -extra.campaign.terms.priority, extra.campaign.campaign_id


def _within(extra: Extra, room: Room) -> Fraction:
    most = room.of(extra.campaign)
    return extra.points if most is None else min(extra.points, Fraction(most))


def _points(campaign: Campaign, lines: Sequence[MemberLine], currency: str) -> Fraction:
    counted = [line for line in lines if campaign.campaign_id in line.campaigns]
    net = sum((line.net for line in counted), Fraction(0))
    effect = campaign.terms.effect
    if not net:
        return Fraction(0)
    if effect.multiplier is not None:
        worth = sum((line.points for line in counted), Fraction(0))
        return worth * (Fraction(effect.multiplier) - 1)
    if effect.bonus is not None:
        return Fraction(effect.bonus)
    spend = effect.spend
    if spend is None or spend.currency != currency:
        return Fraction(0)
    times = net // Fraction(spend.amount)
    return Fraction(spend.points * (times if spend.repeated else min(times, 1)))
