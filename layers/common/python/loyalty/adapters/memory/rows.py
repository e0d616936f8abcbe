"""What the fakes remember: one object per key, under one lock."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import NoReturn, TypeVar

from loyalty.ports import Page

T = TypeVar("T")
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """What one row becomes (None: it goes), and whether what is found there allows it."""

    key: Key
    found: object | None
    holds: bool
    becomes: object | None


class Rows:
    """The rows of all tables. Domain objects are immutable, so they are kept as they are."""

    def __init__(self) -> None:
        self.lock = RLock()
        self._rows: dict[Key, object] = {}

    def get(self, kind: type[T], *key: str) -> T | None:
        """Return what stands under a key."""
        with self.lock:
            found = self._rows.get(key)
        assert found is None or isinstance(found, kind), f"{key} holds a {type(found).__name__}"
        return found

    def under(self, kind: type[T], *prefix: str) -> list[T]:
        """Return what stands under the keys that begin so, in the order of the keys."""
        return [value for _, value in self.keyed(kind, *prefix)]

    def keyed(self, kind: type[T], *prefix: str) -> list[tuple[Key, T]]:
        """Return the same with the keys; rows of another kind are left out."""
        with self.lock:
            found = [
                (key, value)
                for key, value in self._rows.items()
                if key[: len(prefix)] == prefix and isinstance(value, kind)
            ]
        return sorted(found, key=lambda row: row[0])

    def put(self, key: Key, value: object | None) -> None:
        """Put a row, or remove it."""
        with self.lock:
            if value is None:
                self._rows.pop(key, None)
            else:
                self._rows[key] = value


def newest_first(
    rows: Sequence[T], key: Callable[[T], str], limit: int, position: Mapping[str, str] | None
) -> Page[T]:
    """Return a part of a list in falling order of a key that no two rows share."""
    rest = [row for row in rows if position is None or key(row) < position["after"]]
    return _first(sorted(rest, key=key, reverse=True), key, limit)


def due_first(
    rows: Sequence[T], key: Callable[[T], str], limit: int, position: Mapping[str, str] | None
) -> Page[T]:
    """Return a part of a list in rising order of a key that no two rows share."""
    rest = [row for row in rows if position is None or key(row) > position["after"]]
    return _first(sorted(rest, key=key), key, limit)


def _first(rows: Sequence[T], key: Callable[[T], str], limit: int) -> Page[T]:
    shown, follows = rows[:limit], len(rows) > limit
    return Page(shown, {"after": key(shown[-1])} if shown and follows else None)


def require_json(facts: Mapping[str, object]) -> None:
    """Insist that free facts survive storage unchanged: texts, integers, booleans, lists, maps."""
    text = json.dumps(dict(facts))
    assert json.loads(text, parse_float=_refuse) == facts, f"{facts} would come back changed"


def _refuse(number: str) -> NoReturn:
    raise AssertionError(f"{number}: write fractions as decimal strings")
