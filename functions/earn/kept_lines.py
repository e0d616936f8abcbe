"""The lines of an order as its entry keeps them: enough to reckon the order again (pure)."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal

from loyalty.domain.orders import OrderLine

MOST_BYTES = 240
"""What lines may take of an entry, so that it stays below the kilobyte that is paid for."""

KeptLine = list[str]
"""SKU, category, amount, quantity, margin class; what is empty, or one piece, is left out at the
end. The SKU is empty where it was left out."""

_LEFT_OUT = ("", "", "", "1", "")


def keep_lines(lines: Iterable[OrderLine], deciding_skus: Collection[str]) -> list[KeptLine]:
    """Return an order's lines, those of one SKU as one.

    A long order keeps only the SKUs that decided something: those that rules or campaigns name.
    """
    lines = list(lines)
    kept = _summed((line.sku, line) for line in lines)
    if sum(len("".join(part).encode()) + 2 + 2 * len(part) for part in kept) > MOST_BYTES:
        return _summed((line.sku if line.sku in deciding_skus else "", line) for line in lines)
    return kept


def lines_of(kept: Iterable[Sequence[str]]) -> tuple[OrderLine, ...]:
    """Return kept lines as lines of an order."""
    return tuple(
        OrderLine(sku, category or None, int(quantity), Decimal(amount), margin_class or None)
        for sku, category, amount, quantity, margin_class in map(_filled, kept)
    )


def _filled(kept: Sequence[str]) -> tuple[str, ...]:
    return (*kept, *_LEFT_OUT[len(kept) :])


def _summed(lines: Iterable[tuple[str, OrderLine]]) -> list[KeptLine]:
    sums: dict[tuple[str, str, str], tuple[Decimal, int]] = {}
    for sku, line in lines:
        place = (sku, line.category or "", line.margin_class or "")
        amount, quantity = sums.get(place, (Decimal(0), 0))
        sums[place] = (amount + line.amount, quantity + line.quantity)
    return [
        _shortened([sku, category, format(amount, "f"), str(quantity), margin_class])
        for (sku, category, margin_class), (amount, quantity) in sums.items()
    ]


def _shortened(kept: KeptLine) -> KeptLine:
    while len(kept) > 3 and kept[-1] == _LEFT_OUT[len(kept) - 1]:  # noqa: PLR2004 # up to the amount
        kept = kept[:-1]
    return kept
