"""The lines of an order as its entry keeps them: enough to reckon the order again (pure)."""

from collections.abc import Collection, Iterable
from decimal import Decimal

from loyalty.domain.orders import OrderLine

MOST_BYTES = 240
"""What lines may take of an entry, so that it stays below the kilobyte that is paid for."""

KeptLine = list[str]
"""SKU, category, amount; the SKU is empty where it was left out."""


def keep_lines(lines: Iterable[OrderLine], rated_skus: Collection[str]) -> list[KeptLine]:
    """Return an order's lines, those of one SKU as one.

    A long order keeps only the SKUs that decided something: those with a rate of their own.
    """
    lines = list(lines)
    kept = _summed((line.sku, line) for line in lines)
    if sum(len("".join(part).encode()) + 8 for part in kept) > MOST_BYTES:
        return _summed((line.sku if line.sku in rated_skus else "", line) for line in lines)
    return kept


def lines_of(kept: Iterable[KeptLine]) -> tuple[OrderLine, ...]:
    """Return kept lines as lines of an order."""
    return tuple(
        OrderLine(sku, category or None, 1, Decimal(amount)) for sku, category, amount in kept
    )


def _summed(lines: Iterable[tuple[str, OrderLine]]) -> list[KeptLine]:
    sums: dict[tuple[str, str], Decimal] = {}
    for sku, line in lines:
        place = (sku, line.category or "")
        sums[place] = sums.get(place, Decimal(0)) + line.amount
    return [[sku, category, format(amount, "f")] for (sku, category), amount in sums.items()]
