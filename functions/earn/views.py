"""What the earn API answers."""

from earn.document import ProgrammeDocument
from loyalty.api.schema import Instant, Schema
from loyalty.domain.programme import Publication


class ProgrammeView(Schema):
    """A version of the programme, and who put it in force, when and why."""

    version: int
    published_at: Instant | None
    published_by: str | None
    reason: str | None
    programme: ProgrammeDocument

    @classmethod
    def of(cls, publication: Publication) -> "ProgrammeView":
        """Return the view of a publication."""
        return cls.model_validate(publication)
