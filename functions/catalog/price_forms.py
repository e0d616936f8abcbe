"""What operators say about prices, beside the points of one piece."""

from abc import abstractmethod
from typing import Annotated, Self

from pydantic import Field, model_validator

from loyalty.api.schema import Instant, PointsAsked, Schema
from loyalty.domain.pricing.offers import Bundle, LimitedPrice

Percent = Annotated[int, Field(strict=True, ge=1, le=99)]
Pieces = Annotated[int, Field(strict=True, ge=2, le=1_000)]
NewcomerDays = Annotated[int, Field(strict=True, ge=1, le=3_650)]
TierId = Annotated[str, Field(min_length=1, max_length=64)]
TierPrices = Annotated[dict[TierId, PointsAsked], Field(max_length=20)]
TierIds = Annotated[tuple[TierId, ...], Field(max_length=20)]


class PricePart(Schema):
    """A part of a price that the domain has a word for."""

    @abstractmethod
    def domain(self) -> object:
        """Return that word."""


class LimitedPriceForm(PricePart):
    """``percent`` of the price from one instant up to another."""

    percent: Percent
    starts_at: Instant
    ends_at: Instant

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.ends_at <= self.starts_at:
            raise ValueError("ends_at is not after starts_at.")
        return self

    def domain(self) -> LimitedPrice:
        """Return the limited price."""
        return LimitedPrice(self.percent, self.starts_at, self.ends_at)


class BundleForm(PricePart):
    """``pieces`` together cost ``points``."""

    pieces: Pieces
    points: PointsAsked

    def domain(self) -> Bundle:
        """Return the bundle."""
        return Bundle(self.pieces, self.points)


class PriceForm(Schema):
    """Prices besides the list price; null takes one away.

    ``tier_prices``: points of a piece by tier; ``only_tiers``: who may have it (empty: everybody);
    ``newcomer_days``: only for members who joined no longer ago than that.
    """

    tier_prices: TierPrices = Field(default_factory=dict)
    only_tiers: TierIds = ()
    limited_price: LimitedPriceForm | None = None
    bundle: BundleForm | None = None
    newcomer_days: NewcomerDays | None = None
