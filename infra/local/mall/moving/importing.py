"""Brings a file's balances in, some lines a call; what was brought before adds nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from mall.moving.door import Door
from mall.moving.sheet import RawLine, Sheet

IMPORTS = "/v1/admin/imports"
Seen = Callable[[int], None]


@dataclass
class Tally:
    """What became of a file's lines, in all; ``refused``: each with its number and why."""

    imported: int = 0
    already: int = 0
    points: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list)

    def add(self, report: dict[str, Any]) -> None:
        """Add what one call reports."""
        self.imported += report["imported"]
        self.already += report["already"]
        self.points += report["points"]
        self.refused += [
            (one["line"], one["message"]) for one in report["results"] if one["became"] == "refused"
        ]


@dataclass(frozen=True)
class Importing:
    """One file, under one id."""

    door: Door
    sheet: Sheet
    import_id: str
    creates: bool = False

    def check(self, seen: Seen) -> Tally:
        """Try all lines; nothing is done."""
        return self._go(f"{IMPORTS}/check", {"import_id": self.import_id}, seen)

    def run(self, reason: str, seen: Seen) -> Tally:
        """Book all lines that are not booked."""
        self.door.post(IMPORTS, {"import_id": self.import_id, "reason": reason})
        return self._go(f"{IMPORTS}/{self.import_id}/lines", {}, seen)

    def _go(self, path: str, more: dict[str, object], seen: Seen) -> Tally:
        tally = Tally()
        for lines in self.sheet.calls():
            tally.add(self.door.post(path, {**more, **self._body(lines)}))
            seen(len(lines))
        return tally

    def _body(self, lines: list[RawLine]) -> dict[str, object]:
        return {"lines": lines, "create_members": self.creates}


def undo(door: Door, import_id: str, reason: str) -> Iterator[dict[str, Any]]:
    """Take an import back; yield what each call reports."""
    cursor: str | None = ""
    while cursor is not None:
        body = {"reason": reason, "cursor": cursor}
        report = door.post(f"{IMPORTS}/{import_id}/undo", body)
        yield report
        cursor = report["next_cursor"]
