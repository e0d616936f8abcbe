"""What lines earn: at a rate by SKU, margin class or category, or by the piece."""

from collections import Counter
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from earn.rulebook.fields import Label, Money
from earn.rulebook.tiers import TierId
from loyalty.api.schema import Schema

RatePoints = Annotated[int, Field(strict=True, ge=0, le=100_000)]
Labels = Annotated[tuple[Label, ...], Field(max_length=1_000)]


class RateRule(Schema):
    """``points`` for every ``per`` of money."""

    points: RatePoints
    per: Money = Decimal(1)


class ClassRule(RateRule):
    """The rate of a margin class: of lines that the shop says are of it, and of these SKUs."""

    skus: Labels = ()


class UnitRule(Schema):
    """Points for each piece of these categories and SKUs, and for members of some tiers."""

    points: RatePoints
    tiers: Annotated[dict[TierId, RatePoints], Field(max_length=20)] = Field(default_factory=dict)
    categories: Labels = ()
    skus: Labels = ()

    @model_validator(mode="after")
    def _is_of_something(self) -> Self:
        if not (self.categories or self.skus):
            raise ValueError("Points for each piece need categories or skus to be pieces of.")
        return self


class CurrencyRule(Schema):
    """What a currency earns: by the piece, else a SKU's, a class's, a category's rate, the default.

    A SKU stands in one place only: by the piece, with a rate of its own, or in a margin class.
    """

    default: RateRule
    categories: dict[Label, RateRule] = Field(default_factory=dict, max_length=500)
    skus: dict[Label, RateRule] = Field(default_factory=dict, max_length=1_000)
    classes: dict[Label, ClassRule] = Field(default_factory=dict, max_length=50)
    units: dict[Label, UnitRule] = Field(default_factory=dict, max_length=50)

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        skus, categories = [*self.skus], [*self.categories]
        for margin_class in self.classes.values():
            skus += margin_class.skus
        for unit in self.units.values():
            skus += unit.skus
            categories += unit.categories
        for kind, names in (("SKU", skus), ("category", categories)):
            twice = [name for name, times in Counter(names).items() if times > 1]
            if twice:
                raise ValueError(f"The {kind} {twice[0]!r} stands in two places: which rate is it?")
        return self
