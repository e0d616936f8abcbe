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

    def in_play(self, today: date) -> Sequence[Campaign]:
        """Return those that were ever scheduled and may still concern an order.

        What was read some seconds ago will do. Orders come late: a campaign stays here for
        months after its last day.
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

    def is_known_empty(self, campaign: Campaign) -> bool:
        """Whether a budget was found empty before: it never fills again, and nobody need ask."""
        ...
