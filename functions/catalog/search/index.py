"""The search: what is typed against all lines, each with a score of its own.

A score depends on the item and on what was typed, and on no other item: so cursors stay where they
are while items come and go. Only where the list ends depends on the best of them.
"""

from collections.abc import Container, Iterable, Mapping, Set

from catalog.search.han import Han
from catalog.search.hits import Hits, are_sure, best_of, only, scaled, summed
from catalog.search.lines import Line
from catalog.search.synonyms import Synonyms, Term
from catalog.search.texts import folded, is_han, runs_of
from catalog.search.words import Words

ANOTHER_WORD, TIGHTNESS = 0.93, 0.05
LEAST, OF_THE_BEST = 0.3, 0.75
THOUSANDTHS = 1_000
MOST_RUNS, LONGEST_RUN = 12, 30
"""Who types more than that means no more by it, and would keep everybody waiting."""


class Index:
    """Finds items by what people type."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = list(lines)
        self._words = Words(self._lines)
        self._han = Han(self._lines, self._words)

    def search(
        self, query: str, synonyms: Synonyms, among: Container[str] | None = None
    ) -> Mapping[str, int]:
        """Return the items (of some, or of all) that may be meant, with scores in thousandths."""
        typed_runs = (run[:LONGEST_RUN] for run in runs_of(folded(query)))
        runs = list(dict.fromkeys(typed_runs))[:MOST_RUNS]
        if not runs:
            return {}
        within = {n for n, line in enumerate(self._lines) if among is None or line.item_id in among}
        readings = [[Term(run) for run in runs], synonyms.terms_of(runs)]
        if len(runs) > 1 and not any(map(is_han, runs)):
            readings.append([Term("".join(runs))])
        found = best_of(*(self._all_of(terms, within) for terms in readings))
        typed = sum(map(len, runs))
        scores = {line: self._score(line, sure, typed) for line, sure in found.items()}
        least = max(LEAST * THOUSANDTHS, OF_THE_BEST * max(scores.values(), default=0))
        return {self._lines[n].item_id: score for n, score in scores.items() if score >= least}

    def _all_of(self, terms: list[Term], within: Set[int]) -> Hits:
        return summed((self._hits(term, within), _weight(term.text)) for term in terms)

    def _hits(self, term: Term, within: Set[int]) -> Hits:
        """Find a term; slips are thought of only if nothing that is wanted has it as it stands."""
        as_it_stands = best_of(
            self._exactly(term.text),
            *(scaled(self._exactly(other), ANOTHER_WORD) for other in term.also),
        )
        found = only(as_it_stands, within)
        if are_sure(found):
            return found
        return best_of(found, only(self._finder(term.text).nearly(term.text), within))

    def _exactly(self, text: str) -> Hits:
        return self._finder(text).exactly(text)

    def _finder(self, text: str) -> Han | Words:
        return self._han if is_han(text) else self._words

    def _score(self, line: int, sure: float, typed: int) -> int:
        """Prefer names that hold little else than what was typed."""
        tightness = min(1.0, typed / max(1, len(self._lines[line].names)))
        return round(THOUSANDTHS * (sure + TIGHTNESS * tightness))


def _weight(text: str) -> int:
    """A Chinese sign says about as much as two letters."""
    return len(text) * (2 if is_han(text) else 1)
