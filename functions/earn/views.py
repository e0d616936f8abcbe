"""What operators are told about the programme."""

from typing import Any

from earn.differences import Differences
from earn.document import ProgrammeDocument
from loyalty.api.schema import Instant, Schema
from loyalty.domain.programme import Publication
from loyalty.ports import Page


class VersionView(Schema):
    """A version of the programme: who put it in force, when and why, as far as that is known."""

    version: int
    published_at: Instant | None
    published_by: str | None
    reason: str | None


class ProgrammeView(VersionView):
    """A version with its rules."""

    programme: ProgrammeDocument

    @classmethod
    def of(cls, publication: Publication) -> "ProgrammeView":
        """Return the view of a publication."""
        return cls.model_validate(publication)


class VersionList(Schema):
    """What was published, newest first."""

    items: list[VersionView]
    next_cursor: str | None

    @classmethod
    def of(cls, page: Page[Publication], cursor: str | None) -> "VersionList":
        """Return the list of some publications."""
        return cls(items=list(map(VersionView.model_validate, page.items)), next_cursor=cursor)


class DraftFault(Schema):
    """What stands against a field of a draft."""

    field: str
    message: str


class DraftVerdict(Schema):
    """Whether a draft could be published."""

    valid: bool
    errors: list[DraftFault]

    @classmethod
    def of(cls, faults: list[dict[str, str]]) -> "DraftVerdict":
        """Return the verdict on a draft with these faults."""
        return cls(valid=not faults, errors=list(map(DraftFault.model_validate, faults)))


class ValueAt(Schema):
    """A value that only one of two documents has."""

    path: str
    value: Any


class ValueChange(Schema):
    """A value that two documents have differently."""

    path: str
    before: Any
    after: Any


class DraftDifferences(Schema):
    """What a draft would change, by path."""

    added: list[ValueAt]
    removed: list[ValueAt]
    changed: list[ValueChange]

    @classmethod
    def of(cls, found: Differences) -> "DraftDifferences":
        """Return the view of what tells two documents apart."""
        return cls(
            added=[ValueAt(path=path, value=value) for path, value in found.added.items()],
            removed=[ValueAt(path=path, value=value) for path, value in found.removed.items()],
            changed=[
                ValueChange(path=path, before=old, after=new)
                for path, (old, new) in found.changed.items()
            ],
        )
