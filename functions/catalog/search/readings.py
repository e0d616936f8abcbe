"""How Chinese texts are read aloud, as pinyin without tones."""

import re
from functools import lru_cache

from catalog.search.texts import HAN, folded, words_of

_HAN = re.compile(f"[{HAN}]")
_EASILY_CONFUSED = re.compile(r"(?<=[zcs])h|(?<=[aeiou]n)g|(?<=l)v")


@lru_cache(maxsize=1_024)
def reading_of(text: str) -> str:
    """Return a text's syllables, with words and numbers that stand between them.

    The library's dictionaries take a third of a second to import, so that is left to who needs
    them: an item's reading is kept with it, and a query that is found as it stands needs none.

    >>> reading_of("音乐 100 元"), reading_of("music")
    ('yin yue 100 yuan', '')
    """
    if not _HAN.search(text):
        return ""
    from pypinyin import lazy_pinyin

    # Decomposed, ü would be u; the library writes it as v, and so do keyboards.
    return " ".join(words_of(" ".join(lazy_pinyin(folded(text)))))


def blurred(letters: str) -> str:
    """Return pinyin without what many speakers do not tell apart: zh and z, ing and in.

    >>> blurred("zhuangpin") == blurred("zuanping")
    True
    """
    return _EASILY_CONFUSED.sub("", letters)
