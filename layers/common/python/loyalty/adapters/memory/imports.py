"""Imports, remembered."""

from collections.abc import Iterator, Mapping, Sequence

from loyalty.adapters.memory.rows import Change, Rows, due_first
from loyalty.domain.imports import Import, ImportedLine
from loyalty.domain.writes import AddImportedLine, ChangeImport, ChangeImportedLine, OpenImport
from loyalty.ports import Page

ImportWrite = OpenImport | ChangeImport | AddImportedLine | ChangeImportedLine


class MemoryImports:
    """Keeps `Imports`' promises."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows

    def opened(self, import_id: str) -> Import | None:
        """Return an import."""
        return self._rows.get(Import, "import", import_id)

    def booked(self, import_id: str, numbers: Sequence[int]) -> Mapping[int, ImportedLine]:
        """Return those of some lines that are booked, by their numbers."""
        found = (self._rows.get(ImportedLine, *_line_key(import_id, one)) for one in numbers)
        return {line.number: line for line in found if line}

    def lines(
        self, import_id: str, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[ImportedLine]:
        """Return an import's lines in their order."""
        lines = self._rows.under(ImportedLine, "imported", import_id)
        return due_first(lines, lambda line: f"{line.number:09d}", limit, position)


def import_changes(rows: Rows, write: ImportWrite) -> Iterator[Change]:
    """Yield what a write makes of the imports' rows."""
    match write:
        case OpenImport(one) | ChangeImport(one):
            key = ("import", one.import_id)
            found = rows.get(Import, *key)
            yield Change(key, found, (found.version if found else 0) == one.version - 1, one)
        case AddImportedLine(line) | ChangeImportedLine(line):
            line_key = _line_key(line.import_id, line.number)
            known = rows.get(ImportedLine, *line_key)
            holds = (known.version if known else 0) == line.version - 1
            yield Change(line_key, known, holds, line)


def _line_key(import_id: str, number: int) -> tuple[str, ...]:
    return ("imported", import_id, f"{number:09d}")
