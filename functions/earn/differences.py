"""What tells two programmes apart, by the paths of their documents (pure)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Plain = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Differences:
    """Values by path: what only the second has, what only the first has, and (first, second)."""

    added: Plain
    removed: Plain
    changed: Mapping[str, tuple[object, object]]

    @property
    def before(self) -> dict[str, object]:
        """What the first says where they differ."""
        return {**self.removed, **{path: pair[0] for path, pair in self.changed.items()}}

    @property
    def after(self) -> dict[str, object]:
        """What the second says where they differ."""
        return {**self.added, **{path: pair[1] for path, pair in self.changed.items()}}


def differences(first: Plain, second: Plain) -> Differences:
    """Return what tells two documents apart.

    >>> differences({"rates": {"CNY": 1, "USD": 7}}, {"rates": {"CNY": 2}}).changed
    {'rates.CNY': (1, 2)}
    """
    old, new = dict(_leaves(first)), dict(_leaves(second))
    both = sorted(old.keys() & new.keys())
    return Differences(
        added={path: new[path] for path in sorted(new.keys() - old.keys())},
        removed={path: old[path] for path in sorted(old.keys() - new.keys())},
        changed={path: (old[path], new[path]) for path in both if old[path] != new[path]},
    )


def _leaves(document: Plain, prefix: str = "") -> Iterator[tuple[str, object]]:
    for name, value in document.items():
        path = f"{prefix}{name}"
        if isinstance(value, Mapping):
            yield from _leaves(value, f"{path}.")
        else:
            yield path, value
