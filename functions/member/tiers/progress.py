"""Use case of members: where they stand between tiers, and what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from loyalty.domain.errors import NotFound
from loyalty.domain.member import Member
from loyalty.domain.programme import Programme
from loyalty.domain.tier import Tier, TierRules
from loyalty.domain.tier_assessment import Assessment, Danger, assess_tier
from loyalty.domain.tier_count import TierCount, window_end
from loyalty.domain.tier_step import TierStep
from loyalty.joining import member_of
from loyalty.ports import Mall
from member.tiers.standing import assess_member


@dataclass(frozen=True, slots=True)
class Progress:
    """A member's way through the tiers, as it is on a day."""

    rules: TierRules
    tier: Tier
    counted: Decimal
    window_ends_on: date
    kept_through: date | None = None
    danger: Danger | None = None
    speeds_until: date | None = None
    given_by: str | None = None

    @property
    def next_tier(self) -> Tier | None:
        """The tier above, or None at the top."""
        return self.rules.after(self.tier)

    @property
    def needed(self) -> Decimal | None:
        """What is missing for it."""
        above = self.next_tier
        return max(above.at_least - self.counted, Decimal(0)) if above else None


@dataclass(frozen=True, slots=True)
class Myself:
    """A member with the progress; None: the programme has no tiers."""

    member: Member
    progress: Progress | None


@dataclass(frozen=True, slots=True)
class TierDossier:
    """A member's way through the tiers, with every step and warning, oldest first."""

    progress: Progress | None
    steps: Sequence[TierStep]


def show_tier(mall: Mall, member_id: str) -> TierDossier:
    """Return what operators see of a member's tier; nothing is assessed by looking.

    Raises:
        NotFound: there is no such member, or none with a profile.
    """
    member = mall.members.member(member_id)
    if member is None:
        raise NotFound("There is no such member.")
    programme, count = mall.programmes.live(), mall.tiers.count(member_id)
    today = programme.today(mall.clock.now())
    progress = progress_of(programme, member, count, today)
    return TierDossier(progress, mall.tiers.steps(member_id))


def show_myself(mall: Mall, member_id: str) -> Myself:
    """Return a member's profile and progress; the first call of a new member makes the profile.

    What was counted before the profile was there, or under other thresholds, is followed now.

    Raises:
        Busy: the profile is changed all the time.
    """
    member, programme = member_of(mall, member_id), mall.programmes.live()
    if programme.tiers is None:
        return Myself(member, None)
    today = programme.today(mall.clock.now())
    count = mall.tiers.count(member_id)
    assessment = assess_tier(programme.tiers, member.tier, count, today)
    if assessment.tier != programme.tiers.tier(member.tier) and not member.tier_source:
        assess_member(mall, member_id)
        member, count = member_of(mall, member_id), mall.tiers.count(member_id)
    return Myself(member, progress_of(programme, member, count, today))


def progress_of(
    programme: Programme, member: Member, count: TierCount, today: date
) -> Progress | None:
    """Return how far a member is on a day; None: the programme has no tiers."""
    rules = programme.tiers
    if rules is None:
        return None
    tier, speed_up = rules.tier(member.tier), rules.speed_up
    assessment = _own_assessment(rules, member, count, today)
    until = (
        speed_up.until(member.rose_at, programme.time_zone) if speed_up and member.rose_at else None
    )
    return Progress(
        rules=rules,
        tier=tier,
        counted=count.within(rules, today),
        window_ends_on=window_end(rules.window, today),
        kept_through=assessment.kept_through if assessment else None,
        danger=assessment.danger if assessment else None,
        speeds_until=until if until and until >= today else None,
        given_by=member.tier_source,
    )


def _own_assessment(
    rules: TierRules, member: Member, count: TierCount, today: date
) -> Assessment | None:
    """A tier that a shop gives is not judged by what is counted."""
    return None if member.tier_source else assess_tier(rules, member.tier, count, today)
