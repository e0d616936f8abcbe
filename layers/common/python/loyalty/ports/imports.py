"""Balances that came from another system."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from loyalty.domain.imports import Import, ImportedLine
from loyalty.ports.store import Page


class Imports(Protocol):
    """Imports, and their lines that are booked."""

    def opened(self, import_id: str) -> Import | None:
        """Return an import."""
        ...

    def booked(self, import_id: str, numbers: Sequence[int]) -> Mapping[int, ImportedLine]:
        """Return those of some lines that are booked, by their numbers."""
        ...

    def lines(
        self, import_id: str, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[ImportedLine]:
        """Return an import's lines in their order."""
        ...
