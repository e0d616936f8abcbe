"""Imports as operators send and get them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Annotated, Self

from aws_lambda_powertools.event_handler.openapi.params import Path
from pydantic import Field, StringConstraints, ValidationError, model_validator

from loyalty.api.schema import Instant, PointsAsked, Reason, Schema
from loyalty.api.validation import shown
from loyalty.domain.imports import ImportedLine, ImportStatus
from member.forms import Email, Name, Phone
from member.importing.lines import Became, Line, Told, Whose

MOST_LINES = 100

ID_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9._-]{2,63}$"
ImportId = Annotated[str, Field(pattern=ID_PATTERN, examples=["old-system-2026"])]
ImportPath = Annotated[str, Path(pattern=ID_PATTERN, description="The import's id.")]
Text = Annotated[str, StringConstraints(max_length=600)]


class RawLine(Schema):
    """A line as the file has it, all but its number as text; it is judged on its own."""

    line: Annotated[int, Field(strict=True, ge=1, le=999_999_999)]
    member_id: Text | None = None
    phone: Text | None = None
    email: Text | None = None
    source: Text | None = None
    customer_id: Text | None = None
    points: Text | int | None = None
    expires_on: Text | None = None
    reference: Text | None = None
    note: Text | None = None

    def told(self) -> Line | Told:
        """Return what it asks for, or what is wrong with it."""
        fields = {name: value for name, value in self if value not in (None, "") and name != "line"}
        try:
            return LineForm.model_validate(fields).line(self.line)
        except ValidationError as error:
            parts = [shown(part) for part in error.errors(include_url=False, include_input=False)]
            said = "; ".join(f"{one['field']}: {one['message']}" for one in parts)
            said = said.removeprefix("body: ")
            return Told(self.line, Became.REFUSED, message=said)


class LineForm(Schema):
    """A line that may be booked: a member named in one way, points, and their last day."""

    member_id: Name | None = None
    phone: Phone | None = None
    email: Email | None = None
    source: Name | None = None
    customer_id: Name | None = None
    points: Annotated[int, Field(ge=1, le=1_000_000_000)]
    expires_on: date
    reference: Annotated[str, Field(max_length=128)] | None = None
    note: Annotated[str, Field(max_length=300)] | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        ways = [self.member_id, self.phone, self.email, self.source or self.customer_id]
        if sum(way is not None for way in ways) != 1 or bool(self.source) != bool(self.customer_id):
            raise ValueError(
                "One of member_id, phone, email, or source with customer_id is wanted."
            )
        return self

    def line(self, number: int) -> Line:
        """Return the line of a number."""
        whose = Whose(self.member_id, self.phone, self.email, self.source, self.customer_id)
        return Line(number, whose, self.points, self.expires_on, self.reference, self.note)


class Lines(Schema):
    """Some lines of a file; ``create_members``: unknown member ids become members."""

    lines: Annotated[list[RawLine], Field(min_length=1, max_length=MOST_LINES)]
    create_members: bool = False

    @model_validator(mode="after")
    def _numbers_once(self) -> Self:
        numbers = [line.line for line in self.lines]
        if len(set(numbers)) != len(numbers):
            raise ValueError("Each line has a number of its own.")
        return self

    def parted(self) -> tuple[list[Line], list[Told]]:
        """Return the lines that can be read, and what is told of the others."""
        read = [line.told() for line in self.lines]
        lines = [one for one in read if isinstance(one, Line)]
        return lines, [one for one in read if isinstance(one, Told)]


class LinesToCheck(Lines):
    """Lines to try, as they would come under an import's id."""

    import_id: ImportId


class OpeningForm(Schema):
    """A new import: an id that says which file this is, and why it comes."""

    import_id: ImportId
    reason: Reason


class UndoForm(Schema):
    """Why an import is taken back; ``cursor`` goes on with its next lines."""

    reason: Reason
    cursor: str = ""


class ImportView(Schema):
    """An import."""

    import_id: str
    status: ImportStatus
    opened_by: str
    opened_at: Instant
    reason: str


class LineResult(Schema):
    """What became of a line, or would."""

    line: int
    became: Became
    member_id: str | None
    points: int
    message: str | None


class ImportReport(Schema):
    """What became of some lines; ``points``: those that came, or would come, with this call."""

    import_id: str
    imported: int
    already: int
    refused: int
    points: int
    results: list[LineResult]

    @classmethod
    def of(cls, import_id: str, told: Iterable[Told]) -> "ImportReport":
        """Sum up what is told of each line."""
        told = sorted(told, key=lambda one: one.line)
        new = [one for one in told if one.became in {Became.IMPORTED, Became.WOULD_IMPORT}]
        return cls(
            import_id=import_id,
            imported=len(new),
            already=sum(one.became is Became.ALREADY for one in told),
            refused=sum(one.became is Became.REFUSED for one in told),
            points=sum(one.points for one in new),
            results=list(map(LineResult.model_validate, told)),
        )


class ImportedLineView(Schema):
    """A line that was booked; ``missing``: what undoing it did not find."""

    line: int
    member_id: str
    points: PointsAsked
    expires_on: date
    undone_at: Instant | None
    taken_back: int
    missing: int

    @classmethod
    def of(cls, line: ImportedLine) -> "ImportedLineView":
        """Show a line."""
        return cls(
            line=line.number,
            member_id=line.member_id,
            points=line.points,
            expires_on=line.lot,
            undone_at=line.undone_at,
            taken_back=line.taken_back,
            missing=line.missing,
        )


class ImportedLineList(Schema):
    """A part of an import's lines."""

    items: list[ImportedLineView]
    next_cursor: str | None

    @classmethod
    def of(cls, lines: Sequence[ImportedLine], next_cursor: str | None) -> "ImportedLineList":
        """Show some lines."""
        return cls(items=list(map(ImportedLineView.of, lines)), next_cursor=next_cursor)


class UndoReport(ImportedLineList):
    """What was taken back of some lines, and what of their points was gone already."""

    import_id: str
    taken_back: int
    missing: int

    @classmethod
    def told(
        cls, import_id: str, lines: Sequence[ImportedLine], next_cursor: str | None
    ) -> "UndoReport":
        """Sum up what became of the lines."""
        return cls(
            import_id=import_id,
            taken_back=sum(line.taken_back for line in lines),
            missing=sum(line.missing for line in lines),
            items=list(map(ImportedLineView.of, lines)),
            next_cursor=next_cursor,
        )
