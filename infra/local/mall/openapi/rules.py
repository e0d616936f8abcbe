"""The JSON Schema of a programme's document, as its file holds it."""

from pathlib import Path

from earn.document import json_schema
from mall.openapi.document import as_text
from mall.places import PROJECT

FILE = PROJECT / "docs" / "programme.schema.json"


def write(file: Path = FILE) -> None:
    """Write the schema to its file."""
    file.write_text(as_text(json_schema()), encoding="utf-8")
