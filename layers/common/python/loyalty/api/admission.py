"""What a request must be before its route runs: allowed in, readable, and known in each part."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, NoReturn

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver, Route
from aws_lambda_powertools.event_handler.depends import build_dependency_tree, solve_dependencies
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.event_handler.middlewares.openapi_validation import (
    OpenAPIRequestValidationMiddleware,
)
from aws_lambda_powertools.event_handler.openapi.params import get_flat_dependant
from aws_lambda_powertools.utilities.data_classes.common import BaseProxyEvent

from loyalty.domain.errors import Invalid, MalformedBody, NotFound, TooLarge

BODY_LIMIT_BYTES = 262_144
LONGEST_NAME = 200
JSON_TYPES = ("application/json", "")


class Admission(OpenAPIRequestValidationMiddleware):
    """Asks who calls first, then reads what the request brings, then validates it.

    The library alone would validate first, and so tell strangers what a body should look like.
    """

    def __init__(self, *, body_limit: int, refuses_unknown: bool) -> None:
        super().__init__()  # type: ignore[no-untyped-call] # the library's own has no types
        self.body_limit = body_limit
        self.refuses_unknown = refuses_unknown

    def handler(self, app: ApiGatewayResolver, next_middleware: NextMiddleware) -> Response[Any]:
        """Let a request in, or raise the error that keeps it out."""
        route: Route = app.context["_route"]
        refuse_endless_names(app.context["_route_args"].values())
        read_body(app.current_event, self.body_limit)
        self._ask_dependencies(app, route)
        if self.refuses_unknown:
            refuse_unknown_parameters(app.current_event, route)
        if route.dependant.body_params:
            refuse_other_types(app.current_event)
        answer: Response[Any] = super().handler(app, next_middleware)
        return answer

    def _get_body(self, app: ApiGatewayResolver) -> Any:
        # The library would look at the content type again, and not take `Application/JSON`.
        return app.current_event.json_body

    @staticmethod
    def _ask_dependencies(app: ApiGatewayResolver, route: Route) -> None:
        # The route's own turn finds the answers in this cache, so nothing is asked twice.
        cache = app.context.setdefault("_dependency_cache", {})
        tree = build_dependency_tree(route.func)
        solve_dependencies(dependant=tree, request=app.request, dependency_cache=cache)


def refuse_endless_names(names: Iterable[str]) -> None:
    """Refuse names in the path that are longer than any of ours: no table could look them up.

    Raises:
        NotFound: nothing has such a name.
    """
    if any(len(name) > LONGEST_NAME for name in names):
        raise NotFound("There is nothing at this path.")


def read_body(event: BaseProxyEvent, limit: int) -> None:
    """Refuse a body that is too large, or no text.

    Raises:
        TooLarge: it has more bytes than are taken.
        MalformedBody: it is not UTF-8.
    """
    try:
        size = len((event.decoded_body or "").encode())
    except ValueError as error:
        raise MalformedBody("The body is not UTF-8.") from error
    if size > limit:
        raise TooLarge(f"At most {limit} bytes are taken.", limit_bytes=limit)


def refuse_unknown_parameters(event: BaseProxyEvent, route: Route) -> None:
    """Refuse query parameters that the route does not know: a typing error must not pass as "all".

    Raises:
        Invalid: naming each of them.
    """
    given = event.query_string_parameters or {}
    unknown = sorted(set(given) - set(query_names(route)))
    if unknown:
        errors = [{"field": name, "message": "There is no such parameter."} for name in unknown]
        raise Invalid("There are unknown query parameters.", errors=errors)


def query_names(route: Route) -> Iterator[str]:
    """Yield the query parameters that a route or one of its dependencies declares."""
    for field in get_flat_dependant(route.dependant).query_params:
        yield field.alias


def refuse_other_types(event: BaseProxyEvent) -> None:
    """Refuse a body that does not call itself JSON.

    Raises:
        MalformedBody: it says that it is something else.
    """
    kind = event.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind not in JSON_TYPES:
        raise MalformedBody("The body must be application/json.")


def read_json(text: str) -> Any:
    """Return what a JSON text says.

    Raises:
        MalformedBody: it is not JSON, or no sane one (``NaN``, a thousand levels deep).
    """
    try:
        return json.loads(text, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise MalformedBody("The body is not JSON.") from error


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON.")
