"""Words that mean the same to who searches. Pure, but for reading our own list of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from catalog.search.texts import folded, is_han, runs_of

Groups = Iterable[Sequence[str]]

MOST_WORDS = 3


@dataclass(frozen=True, slots=True)
class Term:
    """A part of what was typed: a run, or a phrase without its gaps; and what means the same."""

    text: str
    also: tuple[str, ...] = ()


class Synonyms:
    """Groups of terms, each of which stands for all others of its group."""

    def __init__(self, groups: Groups) -> None:
        also: dict[str, dict[str, None]] = {}
        for group in groups:
            terms = [squeezed(term) for term in group]
            for term in filter(None, terms):
                also.setdefault(term, {}).update(dict.fromkeys(terms))
        self._also: Mapping[str, tuple[str, ...]] = {
            term: tuple(other for other in others if other and other != term)
            for term, others in also.items()
        }
        self._longest = max(map(len, self._also), default=0)

    def terms_of(self, runs: Sequence[str]) -> list[Term]:
        """Cut what was typed where known terms begin and end, the longest ones first."""
        terms: list[Term] = []
        at = 0
        while at < len(runs):
            if is_han(runs[at]):
                terms += self._in_han(runs[at])
                at += 1
                continue
            count = next((n for n in range(MOST_WORDS, 1, -1) if self._is_phrase(runs, at, n)), 1)
            text = "".join(runs[at : at + count])
            terms.append(Term(text, self._also.get(text, ())))
            at += count
        return terms

    def _is_phrase(self, runs: Sequence[str], at: int, count: int) -> bool:
        words = runs[at : at + count]
        return len(words) == count and "".join(words) in self._also

    def _in_han(self, run: str) -> Iterator[Term]:
        """Yield the known terms in a run, and what stands between them."""
        between, at = "", 0
        while at < len(run):
            lengths = range(min(self._longest, len(run) - at), 0, -1)
            length = next((n for n in lengths if run[at : at + n] in self._also), 0)
            if length:
                yield from [Term(between)] if between else []
                yield Term(run[at : at + length], self._also[run[at : at + length]])
            between = "" if length else between + run[at]
            at += length or 1
        yield from [Term(between)] if between else []


def squeezed(text: str) -> str:
    """Return a term folded and without gaps, as the search compares it."""
    return "".join(runs_of(folded(text)))


@cache
def our_synonyms() -> Synonyms:
    """Return the list that comes with the mall."""
    lines = Path(__file__).with_name("synonyms.txt").read_text(encoding="utf-8").splitlines()
    return Synonyms(line.split(",") for line in lines if line and not line.startswith("#"))
