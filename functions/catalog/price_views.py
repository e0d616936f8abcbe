"""How an item's prices are shown."""

from loyalty.api.schema import Instant, Schema


class ItemOption(Schema):
    """One way to pay for an item."""

    option: str
    points: int


class LimitedPriceView(Schema):
    """``percent`` of the price from one instant up to another."""

    percent: int
    starts_at: Instant
    ends_at: Instant


class BundleView(Schema):
    """``pieces`` together cost ``points``."""

    pieces: int
    points: int
