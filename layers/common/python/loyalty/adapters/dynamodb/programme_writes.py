"""The publishing of rules as actions."""

from collections.abc import Iterator

from loyalty.adapters.dynamodb.actions import IS_NEW, Action, put
from loyalty.adapters.dynamodb.items import number
from loyalty.adapters.dynamodb.programme_rows import (
    LIVE_KEY,
    publication_item,
    publication_of,
    version_key,
)
from loyalty.adapters.dynamodb.tables import Tables
from loyalty.domain.writes import PublishProgramme


def programme_actions(tables: Tables, write: PublishProgramme) -> Iterator[Action]:
    """Yield a write's actions."""
    table, publication = tables.programmes, write.publication
    in_force = publication_item(LIVE_KEY, publication)
    if write.replaces:
        seen = {":seen": number(write.replaces)}
        yield put(table, in_force, publication_of, "version = :seen", seen)
    else:
        yield put(table, in_force, publication_of, IS_NEW)
    kept = publication_item(version_key(publication.version), publication)
    yield put(table, kept, publication_of, IS_NEW)
