"""What follows when a shop gives a member a tier, or gives one no longer."""

from dataclasses import dataclass, replace
from datetime import datetime

from loyalty.domain.errors import Invalid
from loyalty.domain.member import Member
from loyalty.domain.programme import Programme
from loyalty.domain.tier import Tier
from loyalty.domain.tier_count import TierCount
from loyalty.domain.tier_step import StepKind, TierStep
from loyalty.domain.writes import AddTierStep, ChangeMember, Write
from member.tiers.standing import consequences


@dataclass(frozen=True, slots=True)
class Telling:
    """What a shop tells at a moment: ``told`` is the member with what it says of the profile."""

    programme: Programme
    now: datetime
    source: str
    before: Member
    told: Member
    count: TierCount

    def of_profile(self) -> tuple[Write, ...]:
        """The shop says nothing of the tier."""
        return self._changed(self.told)

    def of_tier(self, tier_id: str | None) -> tuple[Write, ...]:
        """The shop gives a tier; None: it gives none.

        Raises:
            Invalid: the programme has no such tier.
        """
        if tier_id is None:
            return self._released()
        wanted = self._known(tier_id)
        if (self.before.tier, self.before.tier_source) == (tier_id, self.source):
            return self.of_profile()
        assert self.programme.tiers, "a tier is known to its rules"
        former = self.programme.tiers.tier(self.before.tier)
        after = replace(self.told, tier=tier_id, tier_source=self.source)
        follows = consequences(self.programme, self.now, after, self.count)
        if wanted == former:
            return (*self._changed(after), *follows)
        rises = wanted.at_least > former.at_least
        rose_at = self.now if rises else None
        after = replace(after, tier_since=self.now, rose_at=rose_at)
        step = AddTierStep(self._step(wanted, former, rises=rises))
        return (*self._changed(after), *follows, step)

    def _released(self) -> tuple[Write, ...]:
        """From now on it is counted here; what another shop gives is that shop's to take."""
        if self.before.tier_source != self.source:
            return self.of_profile()
        after = replace(self.told, tier_source=None)
        follows = consequences(self.programme, self.now, after, self.count)
        is_moved = any(isinstance(write, ChangeMember) for write in follows)
        return follows if is_moved else (*self._changed(after), *follows)

    def _known(self, tier_id: str) -> Tier:
        tiers = self.programme.tiers.tiers if self.programme.tiers else ()
        for tier in tiers:
            if tier.id == tier_id:
                return tier
        names = ", ".join(tier.id for tier in tiers)
        raise Invalid.at("tier", f"The programme's tiers are: {names or 'none'}.")

    def _changed(self, after: Member) -> tuple[Write, ...]:
        return () if after == self.before else (ChangeMember(after.changed()),)

    def _step(self, tier: Tier, former: Tier, *, rises: bool) -> TierStep:
        assert self.programme.tiers, "a step leads between tiers"
        today = self.programme.today(self.now)
        return TierStep(
            member_id=self.before.member_id,
            kind=StepKind.RISEN if rises else StepKind.LOWERED,
            tier=tier.id,
            tier_name=dict(tier.name),
            at=self.now,
            because=f"shop:{self.source}",
            counted=self.count.within(self.programme.tiers, today),
            former=former.id,
        )
