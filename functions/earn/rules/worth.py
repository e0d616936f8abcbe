"""What a purchase earns in all, and why."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction

from earn.rules.extras import Extra, MemberLine, extras_of, in_force
from earn.rules.factors import Factors, factors_of, tier_of
from earn.rules.lines import LineWorth, line_worths, shown, shown_parts
from earn.rules.scene import PLAIN, Scene
from loyalty.domain.campaign import Campaign
from loyalty.domain.orders import Purchase
from loyalty.domain.programme import Programme, Rounding


@dataclass(frozen=True, slots=True)
class Bonus:
    """What a campaign gives; of what it ``had`` to give, of what it ``wanted`` without any bounds.

    It gives less than it had where the order or the day has a cap.
    """

    campaign: Campaign
    points: int
    had: int
    wanted: int

    @property
    def shown(self) -> dict[str, object]:
        """The bonus as an entry keeps it."""
        return {
            "id": self.campaign.campaign_id,
            "points": self.points,
            **({"had": self.had} if self.had != self.points else {}),
            **({"wanted": self.wanted} if self.wanted != self.had else {}),
        }


@dataclass(frozen=True, slots=True)
class Worth:
    """Points of a purchase and why; ``reason`` says why there are none."""

    points: int
    explanation: Mapping[str, object] = field(default_factory=dict)
    reason: str | None = None
    bonuses: tuple[Bonus, ...] = ()


def worth_of(
    purchase: Purchase, programme: Programme, scene: Scene = PLAIN, at: datetime | None = None
) -> Worth:
    """Return what a purchase earns under a programme, as of its payment or an earlier instant."""
    rates = programme.rates.get(purchase.currency)
    if rates is None:
        return Worth(0, {"currency": purchase.currency}, "currency-not-in-programme")
    at = at or purchase.paid_at
    tier_id, factors = tier_of(scene.buyer, programme), factors_of(scene.buyer, programme, at)
    lines = line_worths(purchase, rates, tier_id)
    campaigns = in_force(scene, programme, at, tier_id)
    seen = [_as_member(line, factors, campaigns) for line in lines]
    extras = extras_of(campaigns, seen, purchase.currency, scene.room)
    plain = sum((line.points for line in seen), Fraction(0))
    given = _given(plain, extras, programme, scene)
    exact = plain + sum((extra.points for extra in extras), Fraction(0))
    multipliers = {name: format(factor, "f") for name, factor in factors.by_name.items()}
    explanation = {
        "rule": "purchase",
        "currency": purchase.currency,
        "exact": shown(exact),
        "rounding": programme.rounding.value,
        "parts": shown_parts(lines),
        **({"multipliers": multipliers} if multipliers else {}),
        **({"campaigns": [bonus.shown for bonus in given.bonuses]} if given.bonuses else {}),
        **given.explanation,
    }
    reason = None if given.points else given.reason or "rounded-to-nothing"
    return replace(given, explanation=explanation, reason=reason)


def _as_member(line: LineWorth, factors: Factors, campaigns: Iterable[Campaign]) -> MemberLine:
    covering = (it.campaign_id for it in campaigns if it.terms.scope.covers(line.line))
    points = line.points * factors.product(knows_tier=line.knows_tier)
    return MemberLine(frozenset(covering), line.net, points)


def _given(plain: Fraction, extras: Sequence[Extra], programme: Programme, scene: Scene) -> Worth:
    """Return whole points: each campaign's are what it adds to the rounded sum before it."""
    whole = rounded(plain, programme.rounding)
    bonuses = list(_bonuses(plain, extras, programme.rounding, scene))
    uncapped = whole + sum(bonus.points for bonus in bonuses)
    bounds = {"order": programme.caps.per_order, "day": scene.room.day}
    by, room = min(
        ((name, most) for name, most in bounds.items() if most is not None),
        key=lambda bound: bound[1],
        default=("", uncapped),
    )
    if uncapped <= room:
        return Worth(uncapped, bonuses=tuple(bonuses))
    facts = {"capped": {"by": by, "from": uncapped}}
    return Worth(room, facts, f"{by}-cap-reached", tuple(_cut(bonuses, room - whole)))


def _bonuses(
    plain: Fraction, extras: Sequence[Extra], rounding: Rounding, scene: Scene
) -> Iterator[Bonus]:
    so_far = plain
    for extra in extras:
        before, so_far = rounded(so_far, rounding), so_far + extra.points
        wanted, most = rounded(so_far, rounding) - before, scene.room.of(extra.campaign)
        had = wanted if most is None else min(wanted, most)
        yield Bonus(extra.campaign, had, had, wanted)


def _cut(bonuses: Iterable[Bonus], room: int) -> Iterator[Bonus]:
    """Yield bonuses that together fit under a cap, the first in full."""
    for bonus in bonuses:
        points = max(min(bonus.points, room), 0)
        room -= points
        yield replace(bonus, points=points)


def rounded(exact: Fraction, rounding: Rounding) -> int:
    """Return exact points as whole ones."""
    match rounding:
        case Rounding.FLOOR:
            return math.floor(exact)
        case Rounding.HALF_UP:
            return math.floor(exact + Fraction(1, 2))
        case Rounding.CEILING:
            return math.ceil(exact)
