"""The published rules in DynamoDB: each version for ever, and the one in force."""

from collections.abc import Sequence
from time import monotonic
from typing import TYPE_CHECKING

from loyalty.adapters.dynamodb.actions import IS_NEW, put
from loyalty.adapters.dynamodb.items import Attributes, number
from loyalty.adapters.dynamodb.programme_rows import (
    LIVE_KEY,
    programme_of,
    publication_item,
    publication_of,
    version_key,
)
from loyalty.adapters.dynamodb.reading import Reader
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.adapters.dynamodb.transaction import transact
from loyalty.domain.programme import Programme, Publication

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MEMORY_SECONDS = 5.0


class NoProgramme(Exception):
    """Nobody has published the rules of this mall yet."""


class DynamoProgrammes:
    """Keeps `Programmes`' promise; a version that was read is remembered for some seconds."""

    def __init__(self, client: "DynamoDBClient", tables: Tables) -> None:
        self._client = client
        self._read = Reader(client)
        self._table = tables.programmes
        self._remembered: tuple[float, Programme] | None = None

    def live(self) -> Programme:
        """Return the version in force.

        Raises:
            NoProgramme: there is none.
        """
        now = monotonic()
        if self._remembered is None or now >= self._remembered[0]:
            self._remembered = (now + MEMORY_SECONDS, self._stored())
        return self._remembered[1]

    def publication(self, version: int | None = None) -> Publication | None:
        """Return a version, or the one in force at this moment."""
        item = self._read.get(self._table, version_key(version) if version else LIVE_KEY)
        return publication_of(item) if item else None

    def publications(self, versions: Sequence[int]) -> Sequence[Publication]:
        """Return those of some versions that exist, in this order."""
        keys = [version_key(version) for version in versions]
        return [publication_of(item) for item in self._read.some(self._table, keys)]

    def publish(self, programme: Programme) -> None:
        """Put a new version in force, as a set-up does; older ones stay readable.

        Raises:
            ConditionsFailed: there is a version of this number already, or a newer one.
        """
        assert programme.version > 0, "versions count from 1"
        publication = Publication(programme)
        kept = publication_item(version_key(programme.version), publication)
        newer = "attribute_not_exists(pk) OR version < :version"
        values: Attributes = {":version": number(programme.version)}
        actions = [
            put(self._table, kept, publication_of, IS_NEW),
            put(
                self._table,
                publication_item(LIVE_KEY, publication),
                publication_of,
                newer,
                values,
            ),
        ]
        transact(self._client, [action.request for action in actions])
        self._remembered = None

    def _stored(self) -> Programme:
        item = self._read.get(self._table, LIVE_KEY, consistent=False)
        if item is None:
            raise NoProgramme(f"{self._table} holds no programme: publish one first.")
        return programme_of(item)
