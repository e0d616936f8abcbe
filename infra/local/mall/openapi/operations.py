"""What an operation says beyond its types: who may call it, its key, its problems, its tag."""

from collections.abc import Callable, Iterator
from typing import Any

from aws_lambda_powertools.event_handler.api_gateway import Route
from aws_lambda_powertools.event_handler.depends import DependencyTree, build_dependency_tree

from loyalty.api.auth import ADMITTED
from loyalty.api.idempotency import HEADER, idempotency_key

PROBLEM = {"$ref": "#/components/responses/Problem"}
OTHER_BODY = {"description": "No token, or a bad one; the gateway's own body."}

Operation = dict[str, Any]


def complete(operation: Operation, route: Route, operation_id: str, tag: str) -> None:
    """Add to an operation what the library cannot know."""
    dependencies = set(_dependencies(build_dependency_tree(route.func)))
    summary, _, description = (route.func.__doc__ or route.func.__name__).strip().partition("\n")
    operation["summary"] = summary.rstrip(".")
    if description.strip():
        operation["description"] = "\n".join(line.strip() for line in description.splitlines())
    operation["operationId"] = operation_id
    operation["tags"] = [tag]
    _say_who_calls(operation, dependencies)
    if idempotency_key in dependencies:
        _require_key(operation)
    _say_what_comes_back(operation, route)


def _dependencies(tree: DependencyTree) -> Iterator[Callable[..., Any]]:
    for node in tree.dependencies:
        yield node.depends.dependency
        yield from _dependencies(node.dependant)


def _say_who_calls(operation: Operation, dependencies: set[Callable[..., Any]]) -> None:
    for dependency, roles in ADMITTED.items():
        if dependency in dependencies:
            operation["security"] = [{"token": []}]
            operation["x-roles"] = sorted(roles)


def _require_key(operation: Operation) -> None:
    for parameter in operation["parameters"]:
        if parameter["name"].lower() == HEADER.lower():
            parameter.update(name=HEADER, required=True)
            parameter["schema"].pop("default", None)


def _say_what_comes_back(operation: Operation, route: Route) -> None:
    """Problems are one shape; docs/errors.md says which of them may come, and when."""
    answers = operation["responses"]
    answers.pop("422", None)
    answers.pop("500", None)
    if route.method == "GET":
        tag = {"ETag": {"schema": {"type": "string"}, "description": "The answer's fingerprint."}}
        answers["200"]["headers"] = tag
        answers["304"] = {"description": "The caller has this answer already (If-None-Match)."}
    if operation.get("security"):
        answers["401"] = OTHER_BODY
    answers["default"] = PROBLEM
