"""What operators send: forms of items, stock and codes, and what they mean to the domain."""

from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from catalog.price_forms import PriceForm, PricePart, cash_option_in, contradicts
from loyalty.api.schema import Instant, PointsAsked, Reason, Schema
from loyalty.domain.item import ItemKind, ItemStatus, Limits, Review
from loyalty.domain.picture import PictureType

MOST = 1_000_000_000

Words = Annotated[str, Field(min_length=1, max_length=200)]
Prose = Annotated[str, Field(max_length=5_000)]
CategoryName = Annotated[str, Field(min_length=1, max_length=64)]
Tag = Annotated[str, Field(min_length=1, max_length=50)]
Tags = Annotated[tuple[Tag, ...], Field(max_length=20)]
Picture = Annotated[str, Field(max_length=500, pattern=r"^(https?://[^\s]+|[^\s:]+)$")]
Pictures = Annotated[tuple[Picture, ...], Field(max_length=12)]
Money = Annotated[str, Field(pattern=r"^[0-9]{1,9}(\.[0-9]{1,2})?$", examples=["68.00"])]
Pieces = Annotated[int, Field(strict=True, ge=0, le=MOST)]
LimitOfPieces = Annotated[int, Field(strict=True, ge=1, le=MOST)]
Version = Annotated[int, Field(strict=True, ge=1)]
Delta = Annotated[int, Field(strict=True, ge=-MOST, le=MOST)]
Code = Annotated[str, Field(min_length=1, max_length=200)]


class ItemName(Schema):
    """A name in Chinese, English or both; a language that is left out repeats the other."""

    zh: Words | None = None
    en: Words | None = None

    @model_validator(mode="after")
    def _require_one(self) -> Self:
        if not (self.zh or self.en):
            raise ValueError("A name in zh or en is needed.")
        return self

    def both(self) -> dict[str, str]:
        """Return the name in both languages."""
        return {"zh": self.zh or self.en or "", "en": self.en or self.zh or ""}


class ItemText(Schema):
    """A longer text; a language that is left out repeats the other."""

    zh: Prose | None = None
    en: Prose | None = None

    def both(self) -> dict[str, str]:
        """Return the text in both languages, or nothing if there is none."""
        texts = {"zh": self.zh or self.en, "en": self.en or self.zh}
        return {language: text for language, text in texts.items() if text}


class ItemLimits(Schema):
    """Pieces that a member may redeem; null or absent: no limit."""

    per_order: LimitOfPieces | None = None
    per_day: LimitOfPieces | None = None
    per_member: LimitOfPieces | None = None


class NewItem(PriceForm):
    """A new item: name, kind, category, points and stock are needed."""

    name: ItemName
    kind: ItemKind
    category: CategoryName
    points: PointsAsked
    stock: Pieces
    description: ItemText = ItemText()
    terms: ItemText = ItemText()
    tags: Tags = ()
    pictures: Pictures = ()
    review: Review = Review.AUTO
    limits: ItemLimits = ItemLimits()
    status: ItemStatus = ItemStatus.ON_SHELF
    market_price: Money | None = None
    on_shelf_from: Instant | None = None
    on_shelf_until: Instant | None = None
    hide_sold_out: bool = False
    low_stock_at: Pieces | None = None

    @model_validator(mode="after")
    def _says_one_price(self) -> Self:
        if contradicts(self.options, self.points):
            raise ValueError("The option of points alone is not what points says.")
        return self

    def fields(self) -> dict[str, Any]:
        """Return what the domain's item is made of; its stock stands beside it."""
        return _domain_fields(self, set(type(self).model_fields) - {"stock"})


def _left_alone() -> Any:
    """Stand for a field that was not given; nobody reads it."""


class ItemChange(PriceForm):
    """What is to change; what is not given stays. With ``version``, only while it is the item's."""

    name: ItemName = Field(default_factory=_left_alone)
    kind: ItemKind = Field(default_factory=_left_alone)
    category: CategoryName = Field(default_factory=_left_alone)
    points: PointsAsked = Field(default_factory=_left_alone)
    description: ItemText = Field(default_factory=_left_alone)
    terms: ItemText = Field(default_factory=_left_alone)
    tags: Tags = Field(default_factory=_left_alone)
    pictures: Pictures = Field(default_factory=_left_alone)
    review: Review = Field(default_factory=_left_alone)
    limits: ItemLimits = Field(default_factory=_left_alone)
    status: ItemStatus = Field(default_factory=_left_alone)
    market_price: Money | None = None
    on_shelf_from: Instant | None = None
    on_shelf_until: Instant | None = None
    hide_sold_out: bool = Field(default_factory=_left_alone)
    low_stock_at: Pieces | None = None
    version: Version | None = None
    reason: Reason | None = None

    def fields(self) -> dict[str, Any]:
        """Return the domain's fields that are to change."""
        return _domain_fields(self, self.model_fields_set - {"version", "reason"})


class ShelfChange(Schema):
    """Where an item is to stand."""

    status: ItemStatus
    reason: Reason | None = None


class StockChange(Schema):
    """Pieces to add, or below zero: to take off; and why."""

    delta: Delta
    reason: Reason

    @model_validator(mode="after")
    def _require_change(self) -> Self:
        if not self.delta:
            raise ValueError("A delta of 0 changes nothing.")
        return self


class NewCodes(Schema):
    """Codes for a virtual item."""

    codes: Annotated[list[Code], Field(min_length=1, max_length=1_000)]


class NewPicture(Schema):
    """What kind of picture is to be uploaded."""

    content_type: PictureType


def _domain_fields(form: PriceForm, names: set[str]) -> dict[str, Any]:
    fields = {name: _domain(getattr(form, name)) for name in names - {"options"}}
    if "options" in names:
        fields["cash_option"] = cash_option_in(form.options)
    return fields


def _domain(value: object) -> object:
    match value:
        case ItemName() | ItemText():
            return value.both()
        case PricePart():
            return value.domain()
        case ItemLimits():
            return Limits(value.per_order, value.per_day, value.per_member)
        case _:
            return value
