"""Whom a campaign is for, and which lines of an order it counts."""

from dataclasses import dataclass
from datetime import date

from loyalty.domain.buyer import Buyer
from loyalty.domain.orders import OrderLine


@dataclass(frozen=True, slots=True)
class Audience:
    """Members that meet each of the conditions that are set; none set: everybody.

    Of the tiers one must be the member's, of the tags (of the segments) the member must have one. A
    segment is a tag too, one that the shop or a rule sets and not a person.
    ``joined_within_days`` means newcomers, from the day of joining on.
    """

    tiers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    segments: tuple[str, ...] = ()
    joined_within_days: int | None = None

    @property
    def is_everybody(self) -> bool:
        """Whether nothing needs to be known of a member."""
        return self == Audience()

    def has(self, buyer: Buyer, tier_id: str | None, day: date) -> bool:
        """Tell whether a member belongs to it on a day."""
        tags = set(buyer.tags)
        return (
            (not self.tiers or tier_id in self.tiers)
            and (not self.tags or not tags.isdisjoint(self.tags))
            and (not self.segments or not tags.isdisjoint(self.segments))
            and (self.joined_within_days is None or self._is_new(buyer, day))
        )

    def _is_new(self, buyer: Buyer, day: date) -> bool:
        assert self.joined_within_days is not None, "asked of campaigns for newcomers only"
        joined_on = buyer.joined_on
        return joined_on is not None and (day - joined_on).days < self.joined_within_days


@dataclass(frozen=True, slots=True)
class Scope:
    """Lines of one of these categories, SKUs or margin classes; none named: all lines."""

    categories: tuple[str, ...] = ()
    skus: tuple[str, ...] = ()
    margin_classes: tuple[str, ...] = ()

    def covers(self, line: OrderLine) -> bool:
        """Tell whether a line counts."""
        if self == Scope():
            return True
        return (
            line.category in self.categories
            or line.sku in self.skus
            or line.margin_class in self.margin_classes
        )
