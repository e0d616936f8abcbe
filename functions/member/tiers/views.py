"""What members see of tiers, in their language."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import PlainSerializer

from loyalty.api.schema import Instant, Schema
from loyalty.domain.tier import Tier, TierBasis, TierWindow
from loyalty.domain.tier_step import StepKind
from member.tiers.progress import Progress, TierDossier

Amount = Annotated[Decimal, PlainSerializer(lambda value: format(value, "f"), return_type=str)]
"""A decimal as a text, never with an exponent."""


class TierView(Schema):
    """A tier: what it wants, multiplies and gives."""

    id: str
    name: str
    at_least: Amount
    multiplier: Amount
    benefits: list[str]

    @classmethod
    def of(cls, tier: Tier, language: str) -> "TierView":
        """Show a tier."""
        return cls(
            id=tier.id,
            name=tier.name[language],
            at_least=tier.at_least,
            multiplier=tier.multiplier,
            benefits=[benefit[language] for benefit in tier.benefits],
        )


class DangerView(Schema):
    """The tier goes after `grace_until`, unless `needed` more is counted."""

    ends_on: date
    grace_until: date
    needed: Amount


class SpeedUpView(Schema):
    """Quicker earning after a rise, through a day."""

    multiplier: Amount
    until: date


class TierProgressView(Schema):
    """Where the member stands: what is counted in this window, and what is missing.

    `given_by`: the shop that gives the tier; then it is not earned, and not lost, by counting.
    """

    tier: TierView
    next_tier: TierView | None
    basis: TierBasis
    window: TierWindow
    counted: Amount
    needed: Amount | None
    window_ends_on: date
    kept_through: date | None
    endangered: DangerView | None
    speed_up: SpeedUpView | None
    given_by: str | None

    @classmethod
    def of(cls, progress: Progress, language: str) -> "TierProgressView":
        """Show a member's progress."""
        rules, above = progress.rules, progress.next_tier
        speed_up, until = rules.speed_up, progress.speeds_until
        return cls(
            tier=TierView.of(progress.tier, language),
            next_tier=TierView.of(above, language) if above else None,
            basis=rules.basis,
            window=rules.window,
            counted=progress.counted,
            needed=progress.needed,
            window_ends_on=progress.window_ends_on,
            kept_through=progress.kept_through,
            endangered=progress.danger and DangerView.model_validate(progress.danger),
            speed_up=SpeedUpView(multiplier=speed_up.multiplier, until=until)
            if speed_up and until
            else None,
            given_by=progress.given_by,
        )


class TierStepView(Schema):
    """One step, or a warning: what moved it, and what was counted then."""

    kind: StepKind
    tier: str
    former: str | None
    at: Instant
    because: str
    counted: Amount
    needed: Amount | None
    ends_on: date | None
    grace_until: date | None


class MemberTier(Schema):
    """A member's way through the tiers, for operators."""

    progress: TierProgressView | None
    steps: list[TierStepView]

    @classmethod
    def of(cls, dossier: TierDossier, language: str) -> "MemberTier":
        """Show a member's tier."""
        progress = dossier.progress
        return cls(
            progress=TierProgressView.of(progress, language) if progress else None,
            steps=list(map(TierStepView.model_validate, dossier.steps)),
        )
