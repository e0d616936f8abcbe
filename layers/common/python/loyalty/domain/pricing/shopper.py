"""Who asks for a price, and which items are not for them."""

from dataclasses import dataclass
from datetime import date, timedelta

from loyalty.domain.item import Item


@dataclass(frozen=True, slots=True)
class Shopper:
    """What prices ask of a member: the tier, and the day of joining (None: just now)."""

    tier: str | None = None
    joined_on: date | None = None


ANYBODY = Shopper()
"""Enough for an item that costs everybody the same."""


def asks_who(item: Item) -> bool:
    """Tell whether an item's price, or the right to it, depends on who asks."""
    return bool(item.tier_prices or item.only_tiers or item.newcomer_days)


def reasons_against(item: Item, shopper: Shopper, today: date) -> tuple[str, ...]:
    """Return why an item is not for somebody; nothing where it is."""
    days, joined_on = item.newcomer_days, shopper.joined_on
    too_late = days is not None and joined_on and today > joined_on + timedelta(days=days)
    against = {
        "tier-only": bool(item.only_tiers) and shopper.tier not in item.only_tiers,
        "newcomers-only": bool(too_late),
    }
    return tuple(slug for slug, holds in against.items() if holds)
