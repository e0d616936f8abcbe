"""The document of the API: made from the code, valid, and of one meaning per name."""

import json
from typing import Any

import pytest
from aws_lambda_powertools.event_handler.openapi.exceptions import OpenAPIMergeError
from openapi_spec_validator import OpenAPIV31SpecValidator

from loyalty.api import MallApp, create_app
from loyalty.api.auth import CurrentMember, Operator
from loyalty.api.idempotency import IdempotencyKey
from loyalty.api.schema import Schema
from mall.openapi import ComponentConflict, document
from mall.openapi.document import FILE, as_text

Document = dict[str, Any]


@pytest.fixture(scope="module")
def fresh() -> Document:
    return document()


def operations(content: Document) -> list[tuple[str, str, Document]]:
    return [
        (path, method, operation)
        for path, methods in content["paths"].items()
        for method, operation in methods.items()
    ]


def test_the_file_is_what_the_code_says(fresh: Document) -> None:
    assert FILE.read_text(encoding="utf-8") == as_text(fresh), "run: make openapi"


def test_the_document_is_valid_openapi(fresh: Document) -> None:
    assert not list(OpenAPIV31SpecValidator(fresh).iter_errors())


def test_every_path_of_members_and_operators_says_who_may_call(fresh: Document) -> None:
    for path, method, operation in operations(fresh):
        is_public = path.startswith(("/v1/catalog/", "/v1/webhooks/", "/v1/payments/"))
        roles = operation.get("x-roles", [])
        assert bool(roles) is not is_public, (method, path)
        assert ("security" in operation) is not is_public, (method, path)
        if not is_public:
            is_operators = not {"member", "merchant"} & set(roles)
            assert is_operators is path.startswith("/v1/admin/"), (method, path)


def test_every_operators_path_lets_admins_in_and_auditors_only_read(fresh: Document) -> None:
    for path, method, operation in operations(fresh):
        if path.startswith("/v1/admin/"):
            assert "admin" in operation["x-roles"], (method, path)
            assert ("auditor" in operation["x-roles"]) is (method == "get"), (method, path)


def test_every_post_with_an_effect_requires_a_key(fresh: Document) -> None:
    without = {
        path
        for path, method, operation in operations(fresh)
        if method == "post"
        and not any(p["name"] == "Idempotency-Key" for p in operation.get("parameters", []))
    }
    assert without <= {
        "/v1/webhooks/{source}/orders",  # the fact itself is the key
        "/v1/payments/{provider}/callbacks",  # the order itself is the key
        "/v1/me/check-ins",  # the day itself is the key
        "/v1/me/check-ins/repairs",  # the same
        "/v1/redemptions/quotes",  # reads
        "/v1/admin/imports/check",  # reads
        "/v1/orders/preview",  # reads
        "/v1/admin/programme/validate",  # reads
        "/v1/admin/programme/diff",  # reads
        "/v1/admin/programme/dry-run",  # reads
        "/v1/admin/campaigns/{campaign_id}/simulate",  # the same
        "/v1/redemptions/{redemption_id}/codes/{code_id}/reveal",  # reads
        "/v1/admin/items/{item_id}/pictures",  # makes a form to upload with, and keeps nothing
    }


def test_every_operation_tells_its_problems_as_problems(fresh: Document) -> None:
    problem = fresh["components"]["responses"]["Problem"]
    assert set(problem["content"]) == {"application/problem+json"}
    for path, method, operation in operations(fresh):
        assert operation["responses"]["default"] == {"$ref": "#/components/responses/Problem"}
        assert "422" not in operation["responses"], (method, path)


class _Thing(Schema):
    name: str


def _app(name: str, shape: type[Schema] = _Thing, path: str = "/v1/things") -> MallApp:
    app = create_app(name)

    def show(caller: CurrentMember) -> Any:
        """Show it."""

    show.__annotations__["return"] = shape
    app.get(path)(show)
    return app


def test_one_name_for_two_shapes_is_an_error() -> None:
    other = type("_Thing", (Schema,), {"__annotations__": {"name": int}})
    apps = {"a": _app("a"), "b": _app("b", other, "/v1/others")}

    with pytest.raises(ComponentConflict, match="_Thing"):
        document(apps)


def test_one_path_in_two_functions_is_an_error() -> None:
    with pytest.raises(OpenAPIMergeError, match="/v1/things"):
        document({"a": _app("a"), "b": _app("b")})


def test_an_operation_says_what_its_function_and_its_guards_say() -> None:
    app = create_app("things")

    @app.post("/v1/admin/things/<thing_id>", status_code=201)
    def make_thing(thing_id: str, body: _Thing, caller: Operator, key: IdempotencyKey) -> _Thing:
        """Make a thing.

        It is made once.
        """
        raise NotImplementedError

    made = document({"things": app})["paths"]["/v1/admin/things/{thing_id}"]["post"]

    assert made["operationId"] == "make_thing"
    assert (made["summary"], made["description"].strip()) == ("Make a thing", "It is made once.")
    assert made["x-roles"] == ["admin", "operator"]
    (key,) = [p for p in made["parameters"] if p["in"] == "header"]
    assert (key["name"], key["required"]) == ("Idempotency-Key", True)
    assert set(made["responses"]) == {"201", "401", "default"}
    json.dumps(made)
