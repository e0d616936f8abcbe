"""The published rules in DynamoDB: each version for ever, and the one in force."""

from time import monotonic
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict

from loyalty.adapters.dynamodb.actions import IS_NEW, put
from loyalty.adapters.dynamodb.items import Attributes, Item, number, read_text, text
from loyalty.adapters.dynamodb.keys import key_of
from loyalty.adapters.dynamodb.reading import Reader
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.adapters.dynamodb.transaction import transact
from loyalty.domain.programme import Programme

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

MEMORY_SECONDS = 5.0


class NoProgramme(Exception):
    """Nobody has published the rules of this mall yet."""


class _Document(BaseModel):
    """The document as it is stored; a field that the rules do not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    programme: Programme


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

    def publish(self, programme: Programme) -> None:
        """Put a new version in force; older ones stay readable.

        Raises:
            ConditionsFailed: there is a version of this number already, or a newer one.
        """
        assert programme.version > 0, "versions count from 1"
        kept = _row(f"version#{programme.version}", programme)
        newer = "attribute_not_exists(pk) OR version < :version"
        values: Attributes = {":version": number(programme.version)}
        actions = [
            put(self._table, kept, _programme_of, IS_NEW),
            put(self._table, _row("live", programme), _programme_of, newer, values),
        ]
        transact(self._client, [action.request for action in actions])
        self._remembered = None

    def _stored(self) -> Programme:
        item = self._read.get(self._table, key_of("programme", "live"), consistent=False)
        if item is None:
            raise NoProgramme(f"{self._table} holds no programme: publish one first.")
        return _programme_of(item)


def _row(sk: str, programme: Programme) -> Attributes:
    document = _Document(programme=programme).model_dump_json()
    return {
        **key_of("programme", sk),
        "version": number(programme.version),
        "document": text(document),
    }


def _programme_of(item: Item) -> Programme:
    return _Document.model_validate_json(read_text(item, "document")).programme
