"""Many short texts in one long one, so that all are searched at the speed of one `str.find`."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

_END = "\n"
SHORT = 3


class Hit(NamedTuple):
    """Where a text was found: in which line, and whether it begins and ends as a word does."""

    line: int
    begins: bool
    ends: bool


class Blob:
    """Lines of folded text. In camel case, a capital or a first digit begins a word."""

    def __init__(self, lines: Iterable[str]) -> None:
        lines = list(lines)
        self._marked = "".join(_END + line for line in lines) + _END
        self._text = self._marked.lower()
        self._starts = list(accumulate((len(line) + 1 for line in lines), initial=0))

    def __contains__(self, text: str) -> bool:
        return text in self._text

    def hits(self, text: str) -> Iterator[Hit]:
        """Yield the places of a text; of a short one only those where a word begins, in camel case.

        One letter stands in every name, and most of its places are nobody's concern.
        """
        searched = self._text
        if len(text) < SHORT:
            searched, text = self._marked, text.capitalize()
        at = searched.find(text)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            yield Hit(line, self._is_border(at), self._is_border(at + len(text)))
            at = searched.find(text, at + 1)

    def lines(self, text: str) -> Iterator[int]:
        """Yield every line that holds a text, once."""
        at = self._text.find(text)
        while at >= 0:
            line = bisect_right(self._starts, at) - 1
            yield line
            at = self._text.find(text, self._starts[line + 1])

    def _is_border(self, at: int) -> bool:
        before, after = self._marked[at - 1], self._marked[at]
        return after.isupper() or after == _END or before.isdigit() != after.isdigit()
