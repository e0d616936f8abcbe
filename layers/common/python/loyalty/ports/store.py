"""The atomic write, pages of lists, and what a refused write tells."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from loyalty.domain.writes import Write

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """A part of a list, and where the next part begins."""

    items: Sequence[T]
    next_position: Mapping[str, str] | None = None


class WriteRefused(Exception):
    """Some writes of a commit did not hold; nothing was written.

    ``found`` gives, for each write that failed, what stands there instead (None: nothing).
    """

    def __init__(self, found: Sequence[tuple[Write, object | None]]) -> None:
        super().__init__(f"{len(found)} writes did not hold")
        self.found = found


class Store(Protocol):
    """One atomic write over all tables."""

    def commit(self, writes: Iterable[Write]) -> None:
        """Make all of the writes true, or none.

        Raises:
            WriteRefused: a condition did not hold.
            Busy: conflicts or throttles went on for too long; nothing was written.
        """
        ...
