"""Lines of a file: what one asks for, and what became of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from loyalty.domain.audit import digest_of


@dataclass(frozen=True, slots=True)
class Whose:
    """Who gets the points, named in exactly one way."""

    member_id: str | None = None
    phone: str | None = None
    email: str | None = None
    source: str | None = None
    customer_id: str | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """Points of one lot of one member; ``number`` is the line's own in its file."""

    number: int
    whose: Whose
    points: int
    expires_on: date
    reference: str | None = None
    note: str | None = None

    @property
    def digest(self) -> str:
        """What tells this line from another of the same number."""
        who = self.whose
        named = [who.member_id, who.phone, who.email, who.source, who.customer_id]
        return digest_of([*named, self.points, str(self.expires_on), self.reference, self.note])


class Became(StrEnum):
    """What became of a line."""

    WOULD_IMPORT = "would_import"
    IMPORTED = "imported"
    ALREADY = "already"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Told:
    """What is told of a line. ``points`` are those that it brings, or has brought before."""

    line: int
    became: Became
    member_id: str | None = None
    points: int = 0
    message: str | None = None


class LineRefused(Exception):
    """A line cannot be booked, and why."""
