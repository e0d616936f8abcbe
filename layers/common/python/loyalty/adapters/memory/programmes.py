"""The rules, remembered: every version, and which one is in force."""

from collections.abc import Iterator, Sequence

from loyalty.adapters.memory.rows import Change, Rows
from loyalty.domain.programme import Programme, Publication
from loyalty.domain.writes import PublishProgramme

LIVE = ("programme", "live")


class MemoryProgrammes:
    """The rules in force, exchanged at will."""

    def __init__(self, rows: Rows, programme: Programme) -> None:
        self._rows = rows
        self.publish(programme)

    def live(self) -> Programme:
        """Return the version in force."""
        publication = self.publication()
        assert publication, "a mall in memory has rules from the beginning"
        return publication.programme

    def publication(self, version: int | None = None) -> Publication | None:
        """Return a version, or the one in force at this moment."""
        return self._rows.get(Publication, *(_key(version) if version else LIVE))

    def publications(self, versions: Sequence[int]) -> Sequence[Publication]:
        """Return those of some versions that exist, in this order."""
        found = (self._rows.get(Publication, *_key(version)) for version in versions)
        return [publication for publication in found if publication]

    def publish(self, programme: Programme) -> None:
        """Put other rules in force."""
        for key in (LIVE, _key(programme.version)):
            self._rows.put(key, Publication(programme))


def programme_changes(rows: Rows, write: PublishProgramme) -> Iterator[Change]:
    """Yield what a write makes of the rules' rows."""
    publication = write.publication
    live, key = rows.get(Publication, *LIVE), _key(publication.version)
    yield Change(LIVE, live, (live.version if live else 0) == write.replaces, publication)
    kept = rows.get(Publication, *key)
    yield Change(key, kept, kept is None, publication)


def _key(version: int) -> tuple[str, ...]:
    return ("programme", "version", str(version))
