"""What the search knows of an item: its texts, folded once, in the forms that are searched."""

from dataclasses import dataclass

from catalog.search.readings import blurred, reading_of
from catalog.search.texts import camel, folded, words_of
from loyalty.domain.item import Item


@dataclass(frozen=True, slots=True)
class Line:
    """One item's texts. ``names`` are what it is called, ``labels`` its category and tags.

    ``…_words`` hold the words without gaps, so that ``daypack`` finds a day pack; ``sound`` is the
    Chinese name in pinyin, ``initials`` the first letter of each of its syllables.
    """

    item_id: str
    names: str
    name_words: str
    labels: str
    label_words: str
    sound: str
    blurred_sound: str
    initials: str


def line_of(item: Item) -> Line:
    """Return what the search knows of an item."""
    names = [folded(name) for name in dict.fromkeys(item.name.values())]
    labels = [folded(label) for label in (item.category, *item.tags)]
    syllables = (item.reading or reading_of(item.name.get("zh", ""))).split()
    sound = camel(syllables)
    return Line(
        item.item_id,
        " | ".join(names),
        camel(words_of(" ".join(names))),
        " | ".join(labels),
        camel(words_of(" ".join(labels))),
        sound,
        blurred(sound.lower()),
        "".join(syllable[0] for syllable in syllables if syllable.isalpha()),
    )
