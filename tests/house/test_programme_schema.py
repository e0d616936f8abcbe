"""The schema of the programme is what the code says, and says all that the rules know."""

from dataclasses import fields, is_dataclass
from types import UnionType
from typing import Any, get_args, get_type_hints

from earn.document import ProgrammeDocument, json_schema
from loyalty.domain.item import Text
from loyalty.domain.programme import Programme
from mall.openapi.document import as_text
from mall.openapi.rules import FILE


def test_the_file_is_what_the_code_says() -> None:
    assert FILE.read_text(encoding="utf-8") == as_text(json_schema()), "run: make openapi"


def shape_of_rules(kind: Any) -> Any:
    """The fields that rules have, all the way down."""
    if kind == Text:
        return {"zh": None, "en": None}
    if is_dataclass(kind):
        hints = get_type_hints(kind)
        return {one.name: shape_of_rules(hints[one.name]) for one in fields(kind)}
    inner = [shape for shape in map(shape_of_rules, get_args(kind)) if isinstance(shape, dict)]
    if isinstance(kind, UnionType):  # rules that may be absent
        return inner[0] if inner else None
    return {"*": inner[0]} if inner else None


def shape_of_schema(schema: Any) -> Any:
    """The fields that the document has, all the way down."""
    if "$ref" in schema:
        return shape_of_schema(json_schema()["$defs"][schema["$ref"].rsplit("/", 1)[-1]])  # type: ignore[index]
    if "anyOf" in schema:
        return next(filter(None, map(shape_of_schema, schema["anyOf"])), None)
    if "properties" in schema:
        return {name: shape_of_schema(part) for name, part in schema["properties"].items()}
    by_name = next(iter(schema.get("patternProperties", {}).values()), None)
    values = schema.get("additionalProperties") or by_name or schema.get("items")
    inner = shape_of_schema(values) if isinstance(values, dict) else None
    return {"*": inner} if inner else None


def test_the_document_says_what_the_rules_know_and_nothing_else() -> None:
    rules = shape_of_rules(Programme)
    del rules["version"]
    assert rules["rates"]["*"]["skus"] == {"*": {"points": None, "per": None}}
    assert shape_of_schema(json_schema()) == rules


def test_a_document_without_more_than_is_needed_has_the_rules_own_defaults() -> None:
    document = ProgrammeDocument.model_validate({"time_zone": "Asia/Shanghai", "rates": {}})
    assert document.programme(version=0) == Programme()
