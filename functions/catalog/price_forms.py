"""What operators say about prices, beside the points of one piece."""

from abc import abstractmethod
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from loyalty.api.schema import Instant, PointsAsked, Schema
from loyalty.domain.pricing.offers import CASH_OPTION, Bundle, CashOption, LimitedPrice

Percent = Annotated[int, Field(strict=True, ge=1, le=99)]
Pieces = Annotated[int, Field(strict=True, ge=2, le=1_000)]
NewcomerDays = Annotated[int, Field(strict=True, ge=1, le=3_650)]
Money = Annotated[str, Field(pattern=r"^[0-9]{1,7}(\.[0-9]{1,2})?$", examples=["6.00"])]
Currency = Annotated[str, Field(pattern=r"^[A-Z]{3}$", examples=["CNY"])]
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


class OptionForm(Schema):
    """A way to pay: ``points`` alone, or ``points_cash``: fewer of them, and money beside."""

    option: Literal["points", "points_cash"]
    points: PointsAsked
    cash: Money | None = None
    currency: Currency | None = None

    @model_validator(mode="after")
    def _names_its_money(self) -> Self:
        asks_money = self.option == CASH_OPTION
        if (self.cash is not None, self.currency is not None) != (asks_money, asks_money):
            raise ValueError("points_cash needs cash and currency, points has neither.")
        if self.cash is not None and not Decimal(self.cash):
            raise ValueError("cash is more than nothing.")
        return self


def _each_once(options: tuple[OptionForm, ...]) -> tuple[OptionForm, ...]:
    if len({option.option for option in options}) < len(options):
        raise ValueError("An option may stand there once.")
    return options


Options = Annotated[tuple[OptionForm, ...], AfterValidator(_each_once), Field(max_length=2)]


def contradicts(options: tuple[OptionForm, ...], points: int | None) -> bool:
    """Tell whether an option of points alone says something else than the list price."""
    said = {option.points for option in options if option.option != CASH_OPTION}
    return points is not None and bool(said - {points})


def cash_option_in(options: tuple[OptionForm, ...]) -> CashOption | None:
    """Return the option that is paid in points and money, if there is one."""
    for option in options:
        if option.cash is not None and option.currency is not None:
            return CashOption(option.points, option.cash, option.currency)
    return None


class PriceForm(Schema):
    """Prices besides the list price; null takes one away.

    ``options``: ways to pay; that of points alone says what ``points`` says and may be left out.
    ``tier_prices``: points of a piece by tier; ``only_tiers``: who may have it (empty: everybody);
    ``newcomer_days``: only for members who joined no longer ago than that.
    """

    options: Options = ()
    tier_prices: TierPrices = Field(default_factory=dict)
    only_tiers: TierIds = ()
    limited_price: LimitedPriceForm | None = None
    bundle: BundleForm | None = None
    newcomer_days: NewcomerDays | None = None
