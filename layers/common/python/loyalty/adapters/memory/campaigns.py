"""Campaigns and their counters, remembered."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from loyalty.adapters.memory.rows import Change, Rows, newest_first
from loyalty.domain.budget import left_in
from loyalty.domain.campaign import Campaign
from loyalty.domain.writes import (
    AddCampaign,
    ChangeCampaign,
    CountDay,
    CountMember,
    DrawBudget,
    FixBirthday,
)
from loyalty.ports import Page

CampaignWrite = AddCampaign | ChangeCampaign | DrawBudget | CountMember | CountDay | FixBirthday


class MemoryCampaigns:
    """Keeps `Campaigns`' promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def campaign(self, campaign_id: str) -> Campaign | None:
        """Return one campaign."""
        return self._rows.get(Campaign, "campaign", campaign_id)

    def in_play(self, day: date) -> Sequence[Campaign]:
        """Return those that were ever scheduled and may concern an order of a day."""
        scheduled = (it for it in self._rows.under(Campaign, "campaign") if it.scheduled_at)
        return [it for it in scheduled if day <= it.terms.window.last_day + timedelta(days=1)]

    def listed(
        self, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Campaign]:
        """Return campaigns, the newest first."""
        everything = self._rows.under(Campaign, "campaign")
        return newest_first(everything, _place, limit, position)

    def drawn(self, campaign: Campaign) -> Mapping[int, int]:
        """Return what each shard of a campaign's budget has given."""
        rows = self._rows.keyed(int, "budget", campaign.campaign_id)
        return {int(key[2]): points for key, points in rows}

    def given(self, member_id: str, campaign_id: str) -> int:
        """Return what a campaign has given a member."""
        return self._rows.get(int, "given", campaign_id, member_id) or 0

    def earned(self, member_id: str, day: date) -> int:
        """Return what a member's purchases have earned on a day."""
        return self._rows.get(int, "earned", member_id, day.isoformat()) or 0

    def birthday_in(self, member_id: str, year: int) -> date | None:
        """Return on which day of a year a member has already had the birthday."""
        return self._rows.get(date, "birthday", member_id, str(year))

    def is_known_empty(self, campaign: Campaign) -> bool:
        """Whether a budget is empty."""
        budget = campaign.terms.budget
        return budget is not None and left_in(budget, self.drawn(campaign)) <= 0


def campaign_changes(rows: Rows, write: CampaignWrite) -> Iterator[Change]:
    """Yield what a write makes of the campaigns' rows."""
    match write:
        case AddCampaign(campaign) | ChangeCampaign(campaign):
            key = ("campaign", campaign.campaign_id)
            found = rows.get(Campaign, *key)
            seen = found.version if found else 0
            is_new = isinstance(write, AddCampaign)
            holds = found is None if is_new else seen == campaign.version - 1
            yield Change(key, found, holds, campaign)
        case DrawBudget(campaign_id, shard, points, share):
            yield _count(rows, ("budget", campaign_id, f"{shard:02d}"), points, share)
        case CountMember(member_id, campaign_id, points, cap):
            yield _count(rows, ("given", campaign_id, member_id), points, cap)
        case CountDay(member_id, day, points, cap):
            yield _count(rows, ("earned", member_id, day.isoformat()), points, cap)
        case FixBirthday(member_id, day):
            birthday = ("birthday", member_id, str(day.year))
            fixed = rows.get(date, *birthday)
            yield Change(birthday, fixed, fixed in {None, day}, day)


def _count(rows: Rows, key: tuple[str, ...], points: int, most: int) -> Change:
    counted = rows.get(int, *key)
    total = (counted or 0) + points
    return Change(key, counted, total <= most, total)


def _place(campaign: Campaign) -> str:
    return f"{campaign.created_at.isoformat(timespec='microseconds')} {campaign.campaign_id}"
