"""What follows of a member's counts: the tier, the profile, the step that others are told of."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from loyalty.domain.member import Member
from loyalty.domain.programme import Programme
from loyalty.domain.tier import TierRules
from loyalty.domain.tier_assessment import Assessment, assess_tier
from loyalty.domain.tier_count import TierCount
from loyalty.domain.tier_step import StepKind, TierStep
from loyalty.domain.writes import AddTierStep, ChangeMember, SaveTierCount, Write
from loyalty.ports import Mall, WriteRefused
from loyalty.posting import LostRace, until_it_holds

COUNTED = "count"
"""Why a tier changes that nobody gave."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A member and the counts that were read, and the rules and the moment that judge them."""

    rules: TierRules
    member: Member
    count: TierCount
    today: date
    now: datetime

    @property
    def assessment(self) -> Assessment:
        """Where the member stands by these counts."""
        return assess_tier(self.rules, self.member.tier, self.count, self.today)


def assess_member(mall: Mall, member_id: str) -> bool:
    """Look at a member's tier; return whether it changed, or its danger was told.

    Raises:
        Busy: races went on being lost; nothing was done.
    """

    def attempt(_: object) -> bool:
        programme = mall.programmes.live()
        member, count = mall.members.member(member_id), mall.tiers.count(member_id)
        writes = consequences(programme, mall.clock.now(), member, count)
        if writes == (SaveTierCount(replace(count, version=count.version + 1)),):
            return False
        commit_or_again(mall, writes)
        return len(writes) > 1

    return until_it_holds(attempt)


def consequences(
    programme: Programme, now: datetime, member: Member | None, count: TierCount
) -> tuple[Write, ...]:
    """Return the writes that some counts lead to: always the counts, and what changes with them.

    Nothing is ours to change where no programme has tiers, where the shop gives the tier, and
    where there is no profile yet: who comes is looked at then.
    """
    if programme.tiers is None or member is None or member.tier_source:
        return (_saved(count, None),)
    standing = Standing(programme.tiers, member, count, programme.today(now), now)
    assessment = standing.assessment
    return (_saved(count, assessment), *_changes(standing, assessment))


def commit_or_again(mall: Mall, writes: tuple[Write, ...]) -> None:
    """Commit; whatever stands in the way is somebody else's act, so all is read again.

    Raises:
        LostRace: something that was read has changed.
    """
    try:
        mall.store.commit(writes)
    except WriteRefused as refused:
        raise LostRace from refused


def _saved(count: TierCount, assessment: Assessment | None) -> SaveTierCount:
    danger = assessment.danger if assessment else None
    after = replace(
        count,
        kept_through=assessment.kept_through if assessment else None,
        warned_through=danger.ends_on if danger else count.warned_through,
        assess_on=assessment.assess_on if assessment else None,
        version=count.version + 1,
    )
    return SaveTierCount(after)


def _changes(standing: Standing, assessment: Assessment) -> Iterator[Write]:
    member, rules = standing.member, standing.rules
    former = rules.tier(member.tier)
    if assessment.tier != former:
        rises = assessment.tier.at_least > former.at_least
        kind = StepKind.RISEN if rises else StepKind.LOWERED
        yield ChangeMember(moved(member, assessment.tier.id, standing.now, rises=rises))
        yield AddTierStep(replace(_step(standing, assessment, kind), former=former.id))
    danger = assessment.danger
    if danger and danger.ends_on != standing.count.warned_through:
        warning = _step(standing, assessment, StepKind.ENDANGERED)
        yield AddTierStep(
            replace(
                warning,
                needed=danger.needed,
                ends_on=danger.ends_on,
                grace_until=danger.grace_until,
            )
        )


def moved(member: Member, tier: str, now: datetime, *, rises: bool) -> Member:
    """Return a member in another tier; quicker earning begins with a rise and ends with a fall."""
    return member.changed(tier=tier, tier_since=now, rose_at=now if rises else None)


def _step(standing: Standing, assessment: Assessment, kind: StepKind) -> TierStep:
    return TierStep(
        member_id=standing.member.member_id,
        kind=kind,
        tier=assessment.tier.id,
        tier_name=dict(assessment.tier.name),
        at=standing.now,
        because=COUNTED,
        counted=assessment.counted,
    )
