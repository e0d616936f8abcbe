"""Reads the project's documents as the house tests need them."""

import re
from pathlib import Path

DOCS = Path(__file__).resolve().parents[2] / "docs"


def text_of(name: str) -> str:
    """Return a document."""
    return (DOCS / name).read_text(encoding="utf-8")


def rows_of(text: str) -> list[list[str]]:
    """Return the rows of all tables, as the texts of their cells; heads and rules are left out."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    is_rule = [all(set(cell) <= set("-:") for cell in row) for row in rows]
    after = [*is_rule[1:], False]
    return [row for row, rule, head in zip(rows, is_rule, after, strict=True) if not rule | head]


def names_in(cell: str) -> list[str]:
    """Return what stands in code marks.

    >>> names_in("`needed`, `available`")
    ['needed', 'available']
    """
    return re.findall(r"`([^`]+)`", cell)
