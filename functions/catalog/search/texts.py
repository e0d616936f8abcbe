"""How texts are folded and taken apart, alike for items and for what people type. Pure."""

import re
import unicodedata
from collections.abc import Iterable

HAN = "\u3400-\u9fff"
_RUNS = re.compile(rf"[{HAN}]+|[a-z]+|[0-9]+")
_WORDS = re.compile(r"[a-z]+|[0-9]+")


def folded(text: str) -> str:
    """Return a text without case, accents and full width.

    >>> folded(" Ｃrème BRÛLÉE ")
    'creme brulee'
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).strip()


def runs_of(text: str) -> list[str]:
    """Return a folded text's runs: of Chinese signs, of letters, of digits.

    >>> runs_of("usb充电器, 10w")
    ['usb', '充电器', '10', 'w']
    """
    return _RUNS.findall(text)


def words_of(text: str) -> list[str]:
    """Return a folded text's words and numbers."""
    return _WORDS.findall(text)


def is_han(run: str) -> bool:
    """Whether a run is Chinese."""
    return run[0] >= HAN[0]


def camel(words: Iterable[str]) -> str:
    """Return words without the gaps between them, each one's beginning marked.

    >>> camel(["day", "pack", "18"])
    'DayPack18'
    """
    return "".join(word.capitalize() for word in words)
