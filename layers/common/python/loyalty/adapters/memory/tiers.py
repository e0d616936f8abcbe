"""Counts for tiers, remembered."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from loyalty.adapters.memory.rows import Change, Rows
from loyalty.domain.tier_count import Counted, TierCount
from loyalty.domain.tier_step import TierStep
from loyalty.domain.writes import AddTierStep, SaveCounted, SaveTierCount

TierWrite = SaveCounted | SaveTierCount | AddTierStep


class MemoryTiers:
    """Keeps `Tiers`' promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def count(self, member_id: str) -> TierCount:
        """Return a member's counts."""
        return self._rows.get(TierCount, "tier", member_id) or TierCount(member_id)

    def counted(self, fact: str) -> Counted:
        """Return what a purchase or a task counts."""
        return self._rows.get(Counted, "counted", fact) or Counted(fact)

    def steps(self, member_id: str) -> Sequence[TierStep]:
        """Return a member's steps between tiers, and warnings, oldest first."""
        steps = self._rows.under(TierStep, "tier-step", member_id)
        return sorted(steps, key=lambda step: step.at)

    def due(self, until: date) -> Iterable[str]:
        """Yield members whose tier is to be looked at on or before a day."""
        counts = self._rows.under(TierCount, "tier")
        return (it.member_id for it in counts if it.assess_on and it.assess_on <= until)


class MemoryTierQueue:
    """Remembers who is to be looked at."""

    def __init__(self) -> None:
        self.added: list[str] = []

    def add(self, member_ids: Sequence[str]) -> None:
        """Queue members."""
        self.added += member_ids


def tier_changes(rows: Rows, write: TierWrite) -> Iterator[Change]:
    """Yield what a write makes of the rows of tiers."""
    match write:
        case SaveCounted(counted):
            key = ("counted", counted.fact)
            known = rows.get(Counted, *key)
            seen = known.version if known else 0
            yield Change(key, known, seen == counted.version - 1, counted)
        case SaveTierCount(count):
            key = ("tier", count.member_id)
            found = rows.get(TierCount, *key)
            seen = found.version if found else 0
            yield Change(key, found, seen == count.version - 1, count)
        case AddTierStep(step):
            step_key = ("tier-step", step.member_id, step.fact)
            there = rows.get(TierStep, *step_key)
            yield Change(step_key, there, there is None, step)
