"""Balances that come from another system, line by line of a file, and may be taken back."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from loyalty.domain.entry import EntryKey
from loyalty.domain.errors import Conflict


class ImportStatus(StrEnum):
    """How far an import has come."""

    OPEN = "open"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Import:
    """A file's worth of points. Its lines are rows of their own."""

    import_id: str
    opened_by: str
    opened_at: datetime
    reason: str
    status: ImportStatus = ImportStatus.OPEN
    version: int = 1

    def require_open(self) -> None:
        """Insist that lines may still come.

        Raises:
            Conflict: it was undone.
        """
        if self.status is not ImportStatus.OPEN:
            raise Conflict("This import was undone: begin another one.")

    def undone(self) -> "Import":
        """Return it as it is once it is being undone."""
        return replace(self, status=ImportStatus.UNDONE, version=self.version + 1)


@dataclass(frozen=True, slots=True)
class ImportedLine:
    """One line that was booked: what tells a repetition of it, and all that undoing needs."""

    import_id: str
    number: int
    member_id: str
    points: int
    lot: date
    digest: str
    undone_at: datetime | None = None
    taken_back: int = 0
    version: int = 1

    @property
    def entry_key(self) -> EntryKey:
        """The key of the entry that brought the points."""
        return EntryKey(f"member:{self.member_id}", f"import:{self.import_id}:{self.number}")

    @property
    def undo_key(self) -> EntryKey:
        """The key of the entry that takes them back."""
        return EntryKey(self.entry_key.partition, f"{self.entry_key.fact}:undo")

    @property
    def missing(self) -> int:
        """Points that taking it back did not find: spent, lapsed, or gone into a debt."""
        return self.points - self.taken_back if self.undone_at else 0

    def undone(self, at: datetime, taken_back: int) -> "ImportedLine":
        """Return it with what was taken back."""
        return replace(self, undone_at=at, taken_back=taken_back, version=self.version + 1)
