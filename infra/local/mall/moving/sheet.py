"""Files of balances: CSV by RFC 4180, safe to open in a spreadsheet."""

import csv
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from mall.errors import MallError

COLUMNS = (
    "member_id",
    "phone",
    "email",
    "source",
    "customer_id",
    "points",
    "expires_on",
    "reference",
    "note",
)
UNREAD = ("available", "held", "pending", "debt")
"""Columns of an export that say nothing of a lot."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")
LINES_A_CALL = 100

RawLine = dict[str, Any]


def guarded(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula.

    >>> guarded("=1+1")
    "'=1+1"
    """
    return f"'{text}" if text.startswith(FORMULA) else text


def unguarded(text: str) -> str:
    """Return what was guarded.

    >>> unguarded("'=1+1"), unguarded("'tis")
    ('=1+1', "'tis")
    """
    return text[1:] if text[:1] == "'" and text[1:].startswith(FORMULA) else text


@dataclass(frozen=True)
class Sheet:
    """A file that is to be imported."""

    path: Path

    @property
    def import_id(self) -> str:
        """The id of an import that is given no other: another content is another import."""
        return f"file-{hashlib.sha256(self.path.read_bytes()).hexdigest()[:16]}"

    def lines(self) -> Iterator[RawLine]:
        """Yield the lines that bring points, each with the number that it begins at.

        Raises:
            MallError: this is no such file.
        """
        try:
            with self.path.open(encoding="utf-8-sig", newline="") as file:
                yield from _lines(csv.reader(file, strict=True))
        except FileNotFoundError:
            raise MallError(f"There is no file {self.path}.") from None
        except UnicodeDecodeError as error:
            raise MallError(f"{self.path} is not UTF-8: {error.reason}.") from error
        except csv.Error as error:
            raise MallError(f"{self.path} is no CSV file: {error}.") from error

    def calls(self) -> Iterator[list[RawLine]]:
        """Yield as many lines as one call takes."""
        rest = self.lines()
        while some := list(islice(rest, LINES_A_CALL)):
            yield some


def _lines(rows: Any) -> Iterator[RawLine]:
    head = [name.strip() for name in next(rows, [])]
    unknown = sorted({*head} - {*COLUMNS, *UNREAD})
    if unknown or "points" not in head or len(set(head)) != len(head):
        raise MallError(
            f"The first line must name the columns: {', '.join(COLUMNS)}.",
            f"Not known: {', '.join(unknown)}" if unknown else "",
        )
    begins = rows.line_num + 1
    for row in rows:
        line = _line(head, row, begins)
        begins = rows.line_num + 1
        if any(line.get(name) for name in COLUMNS if name != "member_id"):
            yield line


def _line(head: Sequence[str], row: Sequence[str], number: int) -> RawLine:
    if row and len(row) != len(head):
        raise MallError(f"Line {number} has {len(row)} fields, the first line names {len(head)}.")
    cells = zip(head, row, strict=False)
    named = {name: unguarded(cell.strip()) for name, cell in cells if name in COLUMNS}
    return {"line": number, **{name: cell for name, cell in named.items() if cell}}
