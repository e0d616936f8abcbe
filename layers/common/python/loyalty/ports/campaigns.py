"""Campaigns, and what is counted against their bounds."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Protocol

from loyalty.domain.campaign import Campaign
from loyalty.ports.store import Page


class Campaigns(Protocol):
    """Campaigns, their budgets' shards and their counters."""

    def campaign(self, campaign_id: str) -> Campaign | None:
        """Return one campaign."""
        ...

    def in_play(self, day: date) -> Sequence[Campaign]:
        """Return those that were ever scheduled and may concern an order of a day.

        What was read some seconds ago will do.
        """
        ...

    def listed(
        self, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[Campaign]:
        """Return campaigns, the newest first."""
        ...

    def drawn(self, campaign: Campaign) -> Mapping[int, int]:
        """Return what each shard of a campaign's budget has given."""
        ...

    def given(self, member_id: str, campaign_id: str) -> int:
        """Return what a campaign with a cap for each member has given one."""
        ...

    def earned(self, member_id: str, day: date) -> int:
        """Return what a member's purchases have earned on a day, where that has a cap."""
        ...

    def birthday_in(self, member_id: str, year: int) -> date | None:
        """Return on which day of a year a member has already had the birthday."""
        ...

    def is_known_empty(self, campaign: Campaign) -> bool:
        """Whether a budget was found empty before: it never fills again, and nobody need ask."""
        ...
