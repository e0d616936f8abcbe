"""Imports in DynamoDB: a row for each, and one for each line that is booked."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.actions import IS_NEW, Action, put
from loyalty.adapters.dynamodb.items import Attributes, Codec, number, text
from loyalty.adapters.dynamodb.keys.activities import IMPORTED_LINE, import_key, imported_line_key
from loyalty.adapters.dynamodb.reading import Query, Reader, first
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.imports import Import, ImportedLine
from loyalty.domain.writes import AddImportedLine, ChangeImport, ChangeImportedLine, OpenImport
from loyalty.ports import Page

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

ImportWrite = OpenImport | ChangeImport | AddImportedLine | ChangeImportedLine

_IMPORTS = Codec(Import)
_LINES = Codec(ImportedLine)


class DynamoImports:
    """Keeps `Imports`' promises."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._read = Reader(client)
        self._table = tables.activities

    def opened(self, import_id: str) -> Import | None:
        """Return an import."""
        item = self._read.get(self._table, import_key(import_id))
        return _IMPORTS.value(item) if item else None

    def booked(self, import_id: str, numbers: Sequence[int]) -> Mapping[int, ImportedLine]:
        """Return those of some lines that are booked, by their numbers."""
        keys = [imported_line_key(import_id, one) for one in numbers]
        lines = map(_LINES.value, self._read.some(self._table, keys))
        return {line.number: line for line in lines}

    def lines(
        self, import_id: str, *, limit: int = 20, position: Mapping[str, str] | None = None
    ) -> Page[ImportedLine]:
        """Return an import's lines in their order."""
        of_import = Query(
            self._table,
            "pk = :import AND begins_with(sk, :line)",
            {":import": import_key(import_id)["pk"], ":line": text(IMPORTED_LINE)},
            page_size=limit + 1,
            after=position,
        )
        shown, follows = first(self._read.query(of_import), limit, ())
        return Page(list(map(_LINES.value, shown)), follows)


def import_actions(tables: Tables, write: ImportWrite) -> Iterator[Action]:
    """Yield a write's actions."""
    match write:
        case OpenImport(one) | ChangeImport(one):
            item = {**import_key(one.import_id), **_IMPORTS.attributes(one)}
            yield _save(tables, item, one.version, _IMPORTS)
        case AddImportedLine(line) | ChangeImportedLine(line):
            key = imported_line_key(line.import_id, line.number)
            yield _save(tables, {**key, **_LINES.attributes(line)}, line.version, _LINES)


def _save(
    tables: Tables, item: Attributes, version: int, kept: Codec[Import] | Codec[ImportedLine]
) -> Action:
    """Put a row in place of the version before it; the first one where there is none yet."""
    row = {**item, "version": number(version)}
    if version == 1:
        return put(tables.activities, row, kept.value, IS_NEW)
    return put(
        tables.activities, row, kept.value, "version = :seen", {":seen": number(version - 1)}
    )
