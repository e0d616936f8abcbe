"""Writes of imports and their lines."""

from dataclasses import dataclass

from loyalty.domain.imports import Import, ImportedLine


@dataclass(frozen=True, slots=True)
class OpenImport:
    """Put an import; holds while its id is free."""

    opened: Import


@dataclass(frozen=True, slots=True)
class ChangeImport:
    """Replace an import; holds while the row's version is one less."""

    changed: Import


@dataclass(frozen=True, slots=True)
class AddImportedLine:
    """Put a line that is booked; holds while the import has none of this number."""

    line: ImportedLine


@dataclass(frozen=True, slots=True)
class ChangeImportedLine:
    """Replace a line; holds while the row's version is one less."""

    line: ImportedLine
