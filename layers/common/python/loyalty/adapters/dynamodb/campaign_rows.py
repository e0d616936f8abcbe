"""Campaigns and their counters as rows.

A campaign stands under its id, in the list of all by the time at which it was made, and, once its
terms are fixed, in that of those in play by their last day. Each shard of a budget has a partition
of its own.
"""

from collections.abc import Iterator
from datetime import date

from loyalty.adapters.dynamodb.items import (
    Attributes,
    Codec,
    Item,
    number,
    read_number,
    read_text,
    stamp,
)
from loyalty.adapters.dynamodb.keys.rows import Key, key_of
from loyalty.domain.campaign import Campaign

_CAMPAIGNS = Codec(Campaign)

LISTED, IN_PLAY = "campaigns", "campaigns#in-play"


def campaign_key(campaign_id: str) -> Key:
    """A campaign."""
    return key_of(f"campaign#{campaign_id}", "campaign")


def line_key(campaign: Campaign) -> Key:
    """A campaign, in the list of all."""
    return key_of(LISTED, f"{stamp(campaign.created_at)}#{campaign.campaign_id}")


def in_play_key(campaign: Campaign) -> Key:
    """A campaign with fixed terms, by its last day."""
    return key_of(IN_PLAY, f"{campaign.terms.window.last_day}#{campaign.campaign_id}")


def shard_key(campaign_id: str, shard: int) -> Key:
    """What a shard of a budget has given."""
    return key_of(f"budget#{campaign_id}#{shard:02d}", "drawn")


def given_key(member_id: str, campaign_id: str) -> Key:
    """What a campaign has given a member."""
    return key_of(f"member#{member_id}", f"campaign#{campaign_id}")


def earned_key(member_id: str, day: date) -> Key:
    """What a member's purchases have earned on a day."""
    return key_of(f"member#{member_id}", f"day#{day}")


def birthday_key(member_id: str, year: int) -> Key:
    """On which day of a year a member has had the birthday; it stands beside the profile."""
    return key_of(f"member#{member_id}", f"birthday#{year}")


def campaign_items(campaign: Campaign) -> Iterator[Attributes]:
    """Yield a campaign's rows."""
    row = {**_CAMPAIGNS.attributes(campaign), "version": number(campaign.version)}
    yield {**campaign_key(campaign.campaign_id), **row}
    yield {**line_key(campaign), **row}
    if campaign.scheduled_at:
        yield {**in_play_key(campaign), **row}


def campaign_of(item: Item) -> Campaign:
    """Return the campaign that a row holds."""
    return _CAMPAIGNS.value(item)


def shard_in(item: Item) -> int:
    """Return which shard of a budget a row is of."""
    return int(read_text(item, "pk").rpartition("#")[2])


def counted_in(item: Item) -> int:
    """Return what a counter's row says."""
    return read_number(item, "points")


def birthday_in(item: Item) -> date:
    """Return the day that is noted."""
    return date.fromisoformat(read_text(item, "day"))
