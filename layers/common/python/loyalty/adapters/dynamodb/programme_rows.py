"""Published rules as rows: each version for ever, and a copy of the one in force."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict

from loyalty.adapters.dynamodb.items import Attributes, Item, instant, number, read_text, text
from loyalty.adapters.dynamodb.keys.rows import Key, key_of
from loyalty.domain.programme import Programme, Publication

LIVE_KEY = key_of("programme", "live")


class _Document(BaseModel):
    """The document as it is stored; a field that the rules do not know is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    programme: Programme


def version_key(version: int) -> Key:
    """Return the key of a version."""
    return key_of("programme", f"version#{version}")


def publication_item(key: Key, publication: Publication) -> Attributes:
    """Return the row of a publication under one of its two keys."""
    row: Attributes = {
        **key,
        "version": number(publication.version),
        "document": text(_Document(programme=publication.programme).model_dump_json()),
    }
    if publication.published_at is not None:
        row["published_at"] = instant(publication.published_at)
    for name in ("published_by", "reason"):
        if value := getattr(publication, name):
            row[name] = text(value)
    return row


def programme_of(item: Item) -> Programme:
    """Return the rules that a row holds."""
    return _Document.model_validate_json(read_text(item, "document")).programme


def publication_of(item: Item) -> Publication:
    """Return the publication that a row holds."""
    return Publication(
        programme_of(item),
        datetime.fromisoformat(read_text(item, "published_at")) if "published_at" in item else None,
        item["published_by"]["S"] if "published_by" in item else None,
        item["reason"]["S"] if "reason" in item else None,
    )
