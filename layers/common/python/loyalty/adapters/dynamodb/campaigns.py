"""Campaigns in DynamoDB; what was read is remembered for some seconds."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from time import monotonic
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.campaign_rows import (
    IN_PLAY,
    LISTED,
    birthday_in,
    birthday_key,
    campaign_key,
    campaign_of,
    counted_in,
    earned_key,
    given_key,
    shard_in,
    shard_key,
)
from loyalty.adapters.dynamodb.items import text
from loyalty.adapters.dynamodb.keys.rows import Key
from loyalty.adapters.dynamodb.reading import Query, Reader, first
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.budget import left_in, shards_of
from loyalty.domain.campaign import Campaign
from loyalty.ports import Page

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MEMORY_SECONDS = 5.0
"""Shorter than the notice that campaigns give of a start or a stop."""

NIGHT = timedelta(days=1)
"""Hours past midnight end on the day after the last."""

ORDERS_COME_LATE = timedelta(days=100)
"""What is read at once: so one reading serves orders of today and of months ago."""

_NOTHING: tuple[float, date, Sequence[Campaign]] = (0.0, date.max, ())


class DynamoCampaigns:
    """Keeps `Campaigns`' promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._read = Reader(client)
        self._table = tables.campaigns
        self._members = tables.members
        self._remembered = _NOTHING
        self._empty: set[str] = set()

    def campaign(self, campaign_id: str) -> Campaign | None:
        """Return one campaign."""
        item = self._read.get(self._table, campaign_key(campaign_id))
        return campaign_of(item) if item else None

    def in_play(self, day: date) -> Sequence[Campaign]:
        """Return those with fixed terms that may concern an order of a day."""
        now = monotonic()
        until, since, campaigns = self._remembered
        if now >= until or day - NIGHT < since:
            since = day - ORDERS_COME_LATE
            campaigns = self._in_play(since)
            self._remembered = (now + MEMORY_SECONDS, since, campaigns)
            self._empty &= {campaign.campaign_id for campaign in campaigns}
        return campaigns

    def listed(
        self, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Campaign]:
        """Return campaigns, the newest first."""
        query = Query(
            self._table,
            "pk = :list",
            {":list": text(LISTED)},
            newest_first=True,
            page_size=limit + 1,
            after=position,
        )
        shown, follows = first(self._read.query(query), limit, ())
        return Page(list(map(campaign_of, shown)), follows)

    def drawn(self, campaign: Campaign) -> Mapping[int, int]:
        """Return what each shard of a campaign's budget has given."""
        budget = campaign.terms.budget or 0
        shards = range(shards_of(budget))
        keys = [shard_key(campaign.campaign_id, shard) for shard in shards]
        drawn = {shard_in(row): counted_in(row) for row in self._read.some(self._table, keys)}
        if left_in(budget, drawn) <= 0:
            self._empty.add(campaign.campaign_id)
        return drawn

    def given(self, member_id: str, campaign_id: str) -> int:
        """Return what a campaign has given a member."""
        return self._counted(given_key(member_id, campaign_id))

    def earned(self, member_id: str, day: date) -> int:
        """Return what a member's purchases have earned on a day."""
        return self._counted(earned_key(member_id, day))

    def birthday_in(self, member_id: str, year: int) -> date | None:
        """Return on which day of a year a member has already had the birthday."""
        item = self._read.get(self._members, birthday_key(member_id, year), consistent=False)
        return birthday_in(item) if item else None

    def is_known_empty(self, campaign: Campaign) -> bool:
        """Whether a budget was found empty before."""
        return campaign.campaign_id in self._empty

    def forget(self) -> None:
        """Remember nothing any more."""
        self._remembered = _NOTHING
        self._empty.clear()

    def _counted(self, key: Key) -> int:
        item = self._read.get(self._table, key, consistent=False)
        return counted_in(item) if item else 0

    def _in_play(self, since: date) -> Sequence[Campaign]:
        query = Query(
            self._table,
            "pk = :list AND sk >= :since",
            {":list": text(IN_PLAY), ":since": text(since.isoformat())},
        )
        return list(map(campaign_of, self._read.query(query)))
