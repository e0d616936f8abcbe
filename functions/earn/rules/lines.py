"""What each line earns by its rate, before anything multiplies it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from loyalty.domain.orders import OrderLine, Purchase
from loyalty.domain.rates import CurrencyRates, Rate, UnitRate


@dataclass(frozen=True, slots=True)
class LineWorth:
    """A line, what of the received money is its own, its rate, and its points.

    ``knows_tier``: the tier was thought of in the points.
    """

    line: OrderLine
    label: str
    rate: str
    net: Fraction
    points: Fraction
    knows_tier: bool = False


def line_worths(purchase: Purchase, rates: CurrencyRates, tier_id: str | None) -> list[LineWorth]:
    """Return what the lines earn.

    Deductions (discount, tax, points paid) fall on the lines by their share of the amount. What was
    given away earns nothing, by the piece either.
    """
    goods = sum((Fraction(line.amount) for line in purchase.lines), Fraction(0))
    share = Fraction(purchase.base) / goods if goods else Fraction(0)
    return [_worth(line, rates, tier_id, share) for line in purchase.lines]


def shown_parts(lines: Iterable[LineWorth]) -> list[Mapping[str, str]]:
    """Return the lines by the rate that applied: so an entry stays small however long an order."""
    parts: dict[str, tuple[str, Fraction, Fraction]] = {}
    for it in lines:
        _, net, points = parts.get(it.label, (it.rate, Fraction(0), Fraction(0)))
        parts[it.label] = (it.rate, net + it.net, points + it.points)
    return [
        {"rate": rate, "for": label, "amount": shown(net), "points": shown(points)}
        for label, (rate, net, points) in parts.items()
    ]


def shown(value: Fraction) -> str:
    """Return a number as explanations show it."""
    return format(round(Decimal(value.numerator) / value.denominator, 4).normalize(), "f")


def _worth(
    line: OrderLine, rates: CurrencyRates, tier_id: str | None, share: Fraction
) -> LineWorth:
    net = Fraction(line.amount) * share
    by_piece = _unit_of(line, rates)
    if by_piece:
        label, unit = by_piece
        each = unit.each(tier_id)
        points = Fraction(each * line.quantity if net else 0)
        return LineWorth(line, f"unit:{label}", f"{each} each", net, points, bool(unit.tiers))
    label, rate = _rate_of(line, rates)
    points = net * rate.points / Fraction(rate.per)
    return LineWorth(line, label, f"{rate.points} per {rate.per}", net, points)


def _unit_of(line: OrderLine, rates: CurrencyRates) -> tuple[str, UnitRate] | None:
    for label, unit in rates.units.items():
        if line.sku in unit.skus or line.category in unit.categories:
            return label, unit
    return None


def _rate_of(line: OrderLine, rates: CurrencyRates) -> tuple[str, Rate]:
    if line.sku in rates.skus:
        return f"sku:{line.sku}", rates.skus[line.sku]
    for label, margin_class in rates.classes.items():
        if line.margin_class == label or line.sku in margin_class.skus:
            return f"class:{label}", margin_class.rate
    if line.category is not None and line.category in rates.categories:
        return f"category:{line.category}", rates.categories[line.category]
    return "default", rates.default
