"""Three ways to search a catalogue, so that they can be compared: ours, and two that it is not.

Each is asked the same queries over the same items, and says what it found, best first.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from catalog.search.index import Index
from catalog.search.lines import Line, line_of
from catalog.search.synonyms import our_synonyms
from catalog.search.texts import folded, is_han, runs_of
from loyalty.domain.item import Item

FIRST = 5
ROW, READ_UNIT = 90, 4_096


class InMemory:
    """What the function does: texts in memory, scanned for what was typed."""

    name = "in memory (chosen)"

    def __init__(self, items: Sequence[Item]) -> None:
        self._index = Index(map(line_of, items))

    def first(self, query: str) -> list[str]:
        """Return the first items."""
        scores = self._index.search(query, our_synonyms())
        return sorted(scores, key=lambda item_id: (-scores[item_id], item_id))[:FIRST]


class FullText:
    """SQLite's full-text index of trigrams, in a file or in memory."""

    name = "SQLite FTS5, trigrams"

    def __init__(self, items: Sequence[Item]) -> None:
        self._base = sqlite3.connect(":memory:")
        self._base.execute("CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, x, tokenize=trigram)")
        rows = ((item.item_id, text_of(line_of(item))) for item in items)
        self._base.executemany("INSERT INTO t VALUES (?, ?)", rows)

    def first(self, query: str) -> list[str]:
        """Return the first items: any trigram will do, the more the better."""
        runs = runs_of(folded(query))
        wanted = " OR ".join(f'"{gram}"' for run in runs for gram in _grams(run, 3))
        short = [run for run in runs if len(run) < 3]  # noqa: PLR2004 # a trigram finds no less
        if wanted:
            sql = "SELECT id FROM t WHERE t MATCH ? ORDER BY rank, id LIMIT ?"
            return [row[0] for row in self._base.execute(sql, (wanted, FIRST))]
        if not short:
            return []
        sql = "SELECT id FROM t WHERE x LIKE ? ORDER BY id LIMIT ?"
        return [row[0] for row in self._base.execute(sql, (f"%{short[0]}%", FIRST))]


class Postings:
    """An inverted index as DynamoDB would hold it: a partition for each gram, a row for each item.

    It is kept here in memory; the units are counted from the rows that would be read and written.
    """

    name = "inverted index in DynamoDB, its requests not timed"

    def __init__(self, items: Sequence[Item]) -> None:
        self._rows: dict[str, list[str]] = {}
        self.rows_written = 0
        for item in items:
            for gram in grams_of(text_of(line_of(item))):
                self._rows.setdefault(gram, []).append(item.item_id)
                self.rows_written += 1

    def first(self, query: str) -> list[str]:
        """Return the items that share most grams with what was typed."""
        shared = Counter(i for gram in grams_of(folded(query)) for i in self._rows.get(gram, []))
        return sorted(shared, key=lambda item_id: (-shared[item_id], item_id))[:FIRST]

    def reading(self, query: str) -> tuple[int, float]:
        """Return how many requests a search makes, and how many units it reads (a moment old)."""
        grams = grams_of(folded(query))
        sizes = (len(self._rows.get(gram, [])) * ROW for gram in grams)
        return len(grams), sum(max(1, -(-size // READ_UNIT)) / 2 for size in sizes)


Way = InMemory | FullText | Postings


def text_of(line: Line) -> str:
    """Return all that is known of an item in one text."""
    texts = (line.names, line.labels, line.name_words, line.sound, line.initials)
    return " ".join(texts).lower()


def grams_of(text: str) -> set[str]:
    """Return a text's grams: two signs, or three letters."""
    return {gram for run in runs_of(text) for gram in _grams(run, 2 if is_han(run) else 3)}


def found_by(way: Way, items: Mapping[str, Item], query: str, goal: str | list[str]) -> bool:
    """Whether the goal is among the first: an item, or names that hold some words."""
    first = way.first(query)
    if isinstance(goal, str):
        return goal in first
    return any(all(word in items[i].name["zh"] for word in goal) for i in first)


def _grams(run: str, length: int) -> Iterator[str]:
    if len(run) <= length:
        yield run
    for at in range(len(run) - length):
        yield run[at : at + length]
    if len(run) > length:
        yield run[-length:]
