"""One document out of the functions' own: paths and names that collide are errors."""

import json
from collections import Counter
from importlib.metadata import version
from pathlib import Path
from typing import Any

from aws_lambda_powertools.event_handler.openapi.merge import OpenAPIMerge

from loyalty.api import MallApp
from loyalty.api.problems import CONTENT_TYPE, TYPE_PREFIX
from mall.openapi.functions import http_apps, routes_of
from mall.openapi.operations import complete
from mall.places import PROJECT

FILE = PROJECT / "infra" / "openapi.json"
LIBRARYS_OWN = {"HTTPValidationError", "ValidationError", "ResponseValidationError"}

DESCRIPTION = """\
Loyalty points: earned by orders, redeemed for items, exact to the day they expire.

`x-roles` names who may call an operation: `member`, `merchant` (a client's own token with the
scope), or an operator's roles; without it anybody may. Errors are problems (RFC 9457) whose `type`
ends in a slug; docs/errors.md lists them."""

TOKEN = {
    "type": "http",
    "scheme": "bearer",
    "bearerFormat": "JWT",
    "description": "An access token of the configured OIDC issuer.",
}

PROBLEM = {
    "type": "object",
    "title": "Problem",
    "description": "An error by RFC 9457; what decided it stands in further members.",
    "required": ["type", "title", "status", "detail", "request_id"],
    "properties": {
        "type": {"type": "string", "format": "uri", "examples": [TYPE_PREFIX + "not-found"]},
        "title": {"type": "string", "description": "In Chinese or English (Accept-Language)."},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "request_id": {"type": "string", "description": "What to tell whoever is asked for help."},
    },
    "additionalProperties": True,
}

PROBLEM_RESPONSE = {
    "description": "A problem.",
    "content": {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


class ComponentConflict(Exception):
    """Two functions use one name for two shapes."""


def document(apps: dict[str, MallApp] | None = None) -> dict[str, Any]:
    """Return the document of all HTTP functions, or of those that are given.

    Raises:
        ComponentConflict: two functions use one component name for two shapes.
        OpenAPIMergeError: two functions serve one path and method.
    """
    merge = OpenAPIMerge(
        title="Points Mall",
        version=version("points-mall"),
        description=DESCRIPTION,
        on_conflict="error",
    )
    known: dict[str, Any] = {"Problem": PROBLEM}
    for app in (http_apps() if apps is None else apps).values():
        part = _part(app)
        _require_same_shapes(known, part["components"]["schemas"], app.name)
        merge.add_schema(part)
    merged = json.loads(json.dumps(merge.get_openapi_schema()))
    components = merged["components"]
    components["schemas"] = dict(sorted({**components["schemas"], "Problem": PROBLEM}.items()))
    components["responses"] = {"Problem": PROBLEM_RESPONSE}
    components["securitySchemes"] = {"token": TOKEN}
    merged["paths"] = dict(sorted(merged["paths"].items()))
    return dict(merged)


def write(file: Path = FILE) -> None:
    """Write the document to its file."""
    file.write_text(as_text(document()), encoding="utf-8")


def as_text(content: dict[str, Any]) -> str:
    """Return the document as its file holds it."""
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _part(app: MallApp) -> dict[str, Any]:
    """Return one function's document, completed."""
    part = json.loads(app.get_openapi_json_schema())
    routes = routes_of(app)
    uses = Counter(route.func.__name__ for route in routes)
    for route in routes:
        name, method = route.func.__name__, route.method.lower()
        operation_id = name if uses[name] == 1 else f"{name}_by_{method}"
        complete(part["paths"][route.openapi_path][method], route, operation_id, app.name)
    schemas = part.setdefault("components", {}).setdefault("schemas", {})
    part["components"]["schemas"] = {k: v for k, v in schemas.items() if k not in LIBRARYS_OWN}
    return dict(part)


def _require_same_shapes(known: dict[str, Any], new: dict[str, Any], name: str) -> None:
    for component, shape in new.items():
        if known.setdefault(component, shape) != shape:
            raise ComponentConflict(f"{name} has another {component} than a function before it.")
