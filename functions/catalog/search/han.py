"""Finding a run of Chinese signs: as it stands, as it sounds, or in the pieces that are known.

What is known is what stands on the shelf: a run is cut where the catalogue's own texts cut it, so
no dictionary is needed, and none has to learn the names of goods.
"""

from collections.abc import Iterator, Sequence

from catalog.search.blob import Blob
from catalog.search.hits import Hits, best_of, scaled, summed
from catalog.search.lines import Line
from catalog.search.readings import reading_of
from catalog.search.words import LABEL, WHOLE, Words

SOUNDS_SO, PIECES, LONE_SIGN = 0.88, 0.9, 0.7
LONGEST_PIECE = 12


class Han:
    """Finds Chinese signs in the names, labels and sounds of lines."""

    def __init__(self, lines: Sequence[Line], words: Words) -> None:
        self._words = words
        self._names = Blob(line.names for line in lines)
        self._labels = Blob(line.labels for line in lines)

    def exactly(self, run: str) -> Hits:
        """Return the lines that hold a run as it stands."""
        return best_of(
            dict.fromkeys(self._names.lines(run), WHOLE),
            dict.fromkeys(self._labels.lines(run), LABEL),
        )

    def nearly(self, run: str) -> Hits:
        """Return the lines that sound like a run, or hold pieces of it."""
        letters = reading_of(run).replace(" ", "")
        return best_of(
            scaled(self._words.sounding(letters), SOUNDS_SO),
            scaled(self._words.nearly_sounding(letters), SOUNDS_SO),
            self._in_pieces(run),
        )

    def _in_pieces(self, run: str) -> Hits:
        pieces = dict.fromkeys(self._pieces(run))
        return scaled(
            summed(
                (scaled(self.exactly(piece), LONE_SIGN if len(piece) == 1 else 1.0), len(piece))
                for piece in pieces
            ),
            PIECES,
        )

    def _pieces(self, run: str) -> Iterator[str]:
        """Cut a run into the longest pieces that stand in some name, from its beginning on."""
        at = 0
        while at < len(run):
            lengths = range(min(LONGEST_PIECE, len(run) - at), 0, -1)
            length = next((n for n in lengths if run[at : at + n] in self._names), 1)
            yield run[at : at + length]
            at += length
