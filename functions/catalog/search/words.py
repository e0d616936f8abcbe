"""Finding a run of letters or digits: a word, its beginning, pinyin, or initials; then slips."""

from collections.abc import Iterator, Sequence
from functools import cached_property

from catalog.search.blob import Blob
from catalog.search.hits import Hits, best_of, scaled
from catalog.search.lines import Line
from catalog.search.readings import blurred
from catalog.search.texts import words_of

# How sure a match is, by what matched.
WHOLE, BEGINNING, LABEL = 1.0, 0.9, 0.85
SOUND, SOUND_BEGINNING, INITIALS, LATER_INITIALS = 0.97, 0.87, 0.85, 0.7
BLURRED, SLIP = 0.8, 0.85

SHORTEST_SLIP, MOST_LIKE = 4, 20
LIKE_WORD, LIKE_SOUND = 0.65, 80.0


class Words:
    """Finds letters and digits in the names, labels and sounds of lines."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = lines
        self._names = Blob(line.name_words for line in lines)
        self._labels = Blob(line.label_words for line in lines)
        self._sounds = Blob(line.sound for line in lines)
        self._blurred = Blob(line.blurred_sound for line in lines)
        self._initials = Blob(line.initials for line in lines)

    def exactly(self, run: str) -> Hits:
        """Return the lines that hold a run as it stands, or begin a word or a syllable with it."""
        return best_of(
            _bordered(self._names, run, WHOLE, BEGINNING),
            scaled(_bordered(self._labels, run, WHOLE, BEGINNING), LABEL),
            self.sounding(run),
            self._by_initials(run),
        )

    def sounding(self, letters: str) -> Hits:
        """Return the lines whose pinyin has these letters from a syllable's beginning."""
        return _bordered(self._sounds, letters, SOUND, SOUND_BEGINNING)

    def nearly_sounding(self, letters: str) -> Hits:
        """Return the lines whose pinyin is this for who does not tell zh from z."""
        heard = blurred(letters)
        if len(heard) < SHORTEST_SLIP:
            return {}
        return dict.fromkeys(self._blurred.lines(heard), BLURRED)

    def nearly(self, run: str) -> Hits:
        """Return the lines with a word, or a sound, from which a slip or two lead to this run."""
        if len(run) < SHORTEST_SLIP or run.isdigit():
            return {}
        return best_of(self.nearly_sounding(run), self._like_a_word(run), self._like_a_sound(run))

    def _by_initials(self, run: str) -> Hits:
        if len(run) < 2:  # noqa: PLR2004 # one letter begins half of all names
            return {}
        found: Hits = {}
        for line in self._initials.lines(run):
            first = self._lines[line].initials.startswith(run)
            found[line] = INITIALS if first else LATER_INITIALS
        return found

    def _like_a_word(self, run: str) -> Hits:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        like = process.extract(
            run,
            self._vocabulary,
            scorer=OSA.normalized_similarity,
            score_cutoff=LIKE_WORD,
            limit=MOST_LIKE,
        )
        found: Iterator[Hits] = (
            scaled(self._with_word(word), SLIP * similarity) for word, similarity, _ in like
        )
        return best_of(*found)

    def _like_a_sound(self, run: str) -> Hits:
        from rapidfuzz import fuzz, process

        if len(run) <= SHORTEST_SLIP:
            return {}
        like = process.extract(
            run,
            self._plain_sounds,
            scorer=fuzz.partial_ratio,
            score_cutoff=LIKE_SOUND,
            limit=None,
        )
        # Of a much shorter sound, it was asked whether the run holds it.
        return {
            line: SLIP * ratio / 100 for sound, ratio, line in like if len(sound) >= len(run) - 1
        }

    def _with_word(self, word: str) -> Hits:
        named = _bordered(self._names, word, WHOLE, 0.0)
        return best_of(named, scaled(_bordered(self._labels, word, WHOLE, 0.0), LABEL))

    @cached_property
    def _vocabulary(self) -> list[str]:
        return sorted(
            {word for line in self._lines for word in words_of(f"{line.names} {line.labels}")}
        )

    @cached_property
    def _plain_sounds(self) -> dict[int, str]:
        return {n: line.sound.lower() for n, line in enumerate(self._lines) if line.sound}


def _bordered(blob: Blob, text: str, whole: float, beginning: float) -> Hits:
    found: Hits = {}
    for hit in blob.hits(text):
        if hit.begins:
            sure = whole if hit.ends else beginning
            found[hit.line] = max(sure, found.get(hit.line, 0.0))
    return {line: sure for line, sure in found.items() if sure}
