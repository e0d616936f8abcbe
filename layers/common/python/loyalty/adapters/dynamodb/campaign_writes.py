"""Writes to campaigns and their counters as actions."""

from collections.abc import Iterator

from loyalty.adapters.dynamodb.actions import IS_NEW, Action, put, update
from loyalty.adapters.dynamodb.campaign_rows import (
    birthday_in,
    birthday_key,
    campaign_items,
    campaign_of,
    counted_in,
    earned_key,
    given_key,
    shard_key,
)
from loyalty.adapters.dynamodb.items import Attributes, day, number
from loyalty.adapters.dynamodb.keys.rows import Key
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.campaign import Campaign
from loyalty.domain.writes import (
    AddCampaign,
    ChangeCampaign,
    CountDay,
    CountMember,
    DrawBudget,
    FixBirthday,
)

CampaignWrite = AddCampaign | ChangeCampaign | DrawBudget | CountMember | CountDay | FixBirthday


def campaign_actions(tables: Tables, write: CampaignWrite) -> Iterator[Action]:
    """Yield a write's actions."""
    table = tables.campaigns
    match write:
        case AddCampaign(campaign):
            yield from _put(table, campaign, IS_NEW, None)
        case ChangeCampaign(campaign):
            seen = {":seen": number(campaign.version - 1)}
            yield from _put(table, campaign, "version = :seen", seen)
        case DrawBudget(campaign_id, shard, points, share):
            yield _count(table, shard_key(campaign_id, shard), points, share)
        case CountMember(member_id, campaign_id, points, cap):
            yield _count(table, given_key(member_id, campaign_id), points, cap)
        case CountDay(member_id, on, points, cap):
            yield _count(table, earned_key(member_id, on), points, cap)
        case FixBirthday(member_id, on):
            row = {**birthday_key(member_id, on.year), "day": day(on)}
            where = "attribute_not_exists(pk) OR #day = :day"
            yield put(
                tables.members, row, birthday_in, where, {":day": day(on)}, names={"#day": "day"}
            )


def _put(table: str, campaign: Campaign, where: str, values: Attributes | None) -> Iterator[Action]:
    """Yield the row under the id, which carries the condition, and the rows of the lists."""
    own, *listed = campaign_items(campaign)
    yield put(table, own, campaign_of, where, values)
    yield from (put(table, row, campaign_of) for row in listed)


def _count(table: str, key: Key, points: int, most: int) -> Action:
    room = most - points
    # Where nothing was counted yet, the points alone must fit.
    where = "attribute_not_exists(points) OR points <= :room" if room >= 0 else "points <= :room"
    values = {":points": number(points), ":room": number(room)}
    return update(table, key, "ADD points :points", counted_in, where=where, values=values)
