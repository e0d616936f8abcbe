"""Which lines a search finds, and how surely: from 0 to 1. Pure."""

from collections.abc import Iterable, Set

Hits = dict[int, float]
"""Lines, by number, each with how surely it is what was meant."""

FOUND = 0.85
"""From here on something was found as it was typed, and slips need not be thought of."""


def best_of(*found: Hits) -> Hits:
    """Return all lines, each as sure as in the search that is surest of it."""
    best: Hits = {}
    for hits in found:
        for line, sure in hits.items():
            if sure > best.get(line, 0.0):
                best[line] = sure
    return best


def only(hits: Hits, lines: Set[int]) -> Hits:
    """Return those of the lines that are wanted."""
    return {line: sure for line, sure in hits.items() if line in lines}


def scaled(hits: Hits, by: float) -> Hits:
    """Return the same lines, less sure."""
    return {line: sure * by for line, sure in hits.items()}


def summed(parts: Iterable[tuple[Hits, int]]) -> Hits:
    """Return how surely each line is meant by all parts together, each with its weight."""
    weighed = list(parts)
    total = sum(weight for _, weight in weighed)
    together: Hits = {}
    for hits, weight in weighed:
        for line, sure in hits.items():
            together[line] = together.get(line, 0.0) + sure * weight / total
    return together


def are_sure(hits: Hits) -> bool:
    """Whether something was found as it was typed."""
    return max(hits.values(), default=0.0) >= FOUND
