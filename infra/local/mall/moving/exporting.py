"""Writes all balances, or all entries, into a file; parts are read side by side."""

import csv
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from threading import Lock
from typing import Any, TextIO

from mall.moving.door import Door
from mall.moving.sheet import guarded

PARTS = 16
PARTS_AT_ONCE = 4
PAGE = 100

Row = Mapping[str, object]
Seen = Callable[[int, int], None]
"""Told how many rows are written by now, and how many parts have come to their end."""

BALANCES = ("member_id", "points", "expires_on", "available", "held", "pending", "debt")
ENTRIES = (
    "entry_id",
    "member_id",
    "kind",
    "points",
    "held",
    "pending",
    "debt",
    "lots",
    "occurred_at",
    "recorded_at",
    "reason",
    "reference",
    "actor",
    "programme_version",
)


def export_balances(door: Door, file: TextIO, seen: Seen) -> int:
    """Write a row for each lot, and one for each member who has none; return how many."""
    return _export(door, "balances", BALANCES, _rows_of_balance, file, seen, {})


def export_entries(door: Door, file: TextIO, seen: Seen, span: Mapping[str, str]) -> int:
    """Write a row for each entry recorded in a span; return how many."""
    return _export(door, "entries", ENTRIES, _rows_of_entry, file, seen, span)


def _export(
    door: Door,
    what: str,
    columns: tuple[str, ...],
    rows_of: Callable[[Any], Iterator[Row]],
    file: TextIO,
    seen: Seen,
    span: Mapping[str, str],
) -> int:
    writer = csv.DictWriter(file, columns, lineterminator="\r\n")
    writer.writeheader()
    one_at_a_time, written = Lock(), 0

    def walk(part: int) -> None:
        nonlocal written
        for items in _pages(door, f"/v1/admin/exports/{what}", {**span, "part": part, "of": PARTS}):
            rows = [_cells(row) for item in items for row in rows_of(item)]
            with one_at_a_time:
                writer.writerows(rows)
                written += len(rows)
                seen(written, 0)
        seen(written, 1)

    with ThreadPoolExecutor(PARTS_AT_ONCE) as threads:
        list(threads.map(walk, range(PARTS)))
    return written


def _pages(door: Door, path: str, params: Mapping[str, object]) -> Iterator[list[Any]]:
    cursor: str | None = ""
    while cursor is not None:
        body = door.get(path, **params, limit=PAGE, cursor=cursor)
        yield body["items"]
        cursor = body["next_cursor"]


def _cells(row: Row) -> Row:
    """Guard the texts; what is None stays empty."""
    return {
        name: guarded(value) if isinstance(value, str) else value for name, value in row.items()
    }


def _rows_of_balance(item: dict[str, Any]) -> Iterator[Row]:
    counters = {name: item[name] for name in ("available", "held", "pending", "debt")}
    for lot in item["lots"] or [{"points": None, "expires_on": None}]:
        yield {"member_id": item["member_id"], **lot, **counters}
        counters = dict.fromkeys(counters)


def _rows_of_entry(item: dict[str, Any]) -> Iterator[Row]:
    lots = " ".join(f"{lot['expires_on']}:{lot['points']}" for lot in item["lots"])
    yield {**item, "lots": lots}
