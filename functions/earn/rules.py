"""What a purchase earns: each line at its rate, rounded once, with the reasons kept."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from loyalty.domain.orders import OrderLine, Purchase
from loyalty.domain.programme import CurrencyRates, Programme, Rate, Rounding


@dataclass(frozen=True, slots=True)
class Worth:
    """Points of a purchase and why; ``reason`` says why there are none."""

    points: int
    explanation: Mapping[str, object] = field(default_factory=dict)
    reason: str | None = None


def worth_of(purchase: Purchase, programme: Programme) -> Worth:
    """Return what a purchase earns under a programme.

    Deductions (discount, tax, points paid) fall on the lines by their share of the amount.
    """
    rates = programme.rates.get(purchase.currency)
    if rates is None:
        return Worth(0, {"currency": purchase.currency}, "currency-not-in-programme")
    parts = _by_rate(purchase, rates)
    exact = sum((part.points for part in parts.values()), Fraction(0))
    explanation = {
        "rule": "purchase",
        "currency": purchase.currency,
        "exact": _shown(exact),
        "rounding": programme.rounding.value,
        "parts": [
            {
                "rate": f"{part.rate.points} per {part.rate.per}",
                "for": label,
                "amount": _shown(part.amount),
                "points": _shown(part.points),
            }
            for label, part in parts.items()
        ],
    }
    points = _rounded(exact, programme.rounding)
    return Worth(points, explanation, None if points else "rounded-to-nothing")


@dataclass(frozen=True, slots=True)
class _Part:
    rate: Rate
    amount: Fraction

    @property
    def points(self) -> Fraction:
        return self.amount * self.rate.points / Fraction(self.rate.per)


def _by_rate(purchase: Purchase, rates: CurrencyRates) -> dict[str, _Part]:
    """Group the lines by the rate that applies, so an entry stays small however long an order."""
    goods = sum((Fraction(line.amount) for line in purchase.lines), Fraction(0))
    parts: dict[str, _Part] = {}
    for line in purchase.lines:
        label, rate = _rate_of(line, rates)
        net = Fraction(line.amount) * Fraction(purchase.base) / goods if goods else Fraction(0)
        before = parts[label].amount if label in parts else Fraction(0)
        parts[label] = _Part(rate, before + net)
    return parts


def _rate_of(line: OrderLine, rates: CurrencyRates) -> tuple[str, Rate]:
    if line.sku in rates.skus:
        return f"sku:{line.sku}", rates.skus[line.sku]
    if line.category is not None and line.category in rates.categories:
        return f"category:{line.category}", rates.categories[line.category]
    return "default", rates.default


def _rounded(exact: Fraction, rounding: Rounding) -> int:
    match rounding:
        case Rounding.FLOOR:
            return math.floor(exact)
        case Rounding.HALF_UP:
            return math.floor(exact + Fraction(1, 2))
        case Rounding.CEILING:
            return math.ceil(exact)


def _shown(value: Fraction) -> str:
    return format(round(Decimal(value.numerator) / value.denominator, 4).normalize(), "f")
