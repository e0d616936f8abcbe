"""From a purchase to a grant: points, the lot they go into, and when they become usable."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from earn.kept_lines import KeptLine, keep_lines
from earn.rules import Scene, Worth, worth_of
from loyalty.domain.order_book import Grant
from loyalty.domain.orders import Purchase
from loyalty.domain.programme import Programme


@dataclass(frozen=True, slots=True)
class Reckoning:
    """A grant, and everything that decided it."""

    grant: Grant
    worth: Worth
    usable_on: date | None
    today: date
    earned_on: date
    at: datetime
    lines: tuple[KeptLine, ...] = ()
    scene: Scene = field(default_factory=Scene)
    shared_by: str | None = None

    @property
    def explanation(self) -> dict[str, object]:
        """What the ``paid`` entry keeps: later refunds are reckoned from it, not from new rules."""
        buyer = self.scene.buyer
        return {
            **self.worth.explanation,
            "points": self.grant.points,
            "base": str(self.grant.base),
            "lot": self.grant.lot.isoformat(),
            "as_of": self.grant.as_of.isoformat(),
            "lines": list(self.lines),
            **({"member": buyer.facts()} if buyer else {}),
            **({"shared_by": self.shared_by} if self.shared_by else {}),
            **({"usable_on": self.usable_on.isoformat()} if self.usable_on else {}),
            **({"why_none": self.worth.reason} if self.worth.reason else {}),
        }


def reckon(
    purchase: Purchase,
    as_of: datetime,
    programme: Programme,
    now: datetime,
    scene: Scene | None = None,
) -> Reckoning:
    """Return what a purchase grants. Its points are as old as the payment.

    A payment dated in the future counts as of now.
    """
    scene = scene or Scene()
    today, at = programme.today(now), min(purchase.paid_at, now)
    earned_on = programme.today(at)
    lot = programme.validity.expires_on(earned_on)
    worth = worth_of(purchase, programme, scene, at)
    window = programme.return_window.days_for({line.category for line in purchase.lines})
    usable_on = earned_on + timedelta(days=window)
    return Reckoning(
        grant=Grant(worth.points, purchase.base, lot, as_of),
        worth=worth,
        usable_on=usable_on if usable_on > today else None,
        today=today,
        earned_on=earned_on,
        at=at,
        lines=tuple(keep_lines(purchase.lines, _deciding_skus(purchase, programme, scene))),
        scene=scene,
        shared_by=purchase.shared_by,
    )


def on_arrival(reckoning: Reckoning) -> Reckoning:
    """Return what a payment grants now: one so old that its lot has passed, nothing."""
    grant, worth = reckoning.grant, reckoning.worth
    if grant.lot >= reckoning.today or not worth.points:
        return reckoning
    late = {**worth.explanation, "lapsed_on_arrival": worth.points}
    return replace(
        reckoning,
        grant=replace(grant, points=0),
        worth=Worth(0, late, "lapsed-on-arrival"),
    )


def _deciding_skus(purchase: Purchase, programme: Programme, scene: Scene) -> Collection[str]:
    rates = programme.rates.get(purchase.currency)
    of_campaigns = (sku for it in scene.campaigns for sku in it.terms.scope.skus)
    return {*(rates.named_skus if rates else ()), *of_campaigns}
