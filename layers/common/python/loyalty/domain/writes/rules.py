"""Writes of the programme."""

from dataclasses import dataclass

from loyalty.domain.programme import Publication


@dataclass(frozen=True, slots=True)
class PublishProgramme:
    """Put a version of the rules in force; holds while the one in force is ``replaces`` (0: none).

    The version's own number must be free: what was published stays as it was, for ever.
    """

    publication: Publication
    replaces: int
