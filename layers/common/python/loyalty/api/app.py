"""The application of an HTTP function."""

import time
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from aws_lambda_powertools.event_handler import APIGatewayHttpResolver, Response
from aws_lambda_powertools.event_handler.api_gateway import ResponseBuilder
from aws_lambda_powertools.event_handler.openapi.exceptions import RequestValidationError
from aws_lambda_powertools.event_handler.router import APIGatewayHttpRouter

from loyalty.api.admission import BODY_LIMIT_BYTES, Admission, read_json
from loyalty.api.etag import NOT_MODIFIED, etag
from loyalty.api.problems import Circumstance, InternalError, MethodNotAllowed, problem
from loyalty.api.validation import shown
from loyalty.domain.errors import Invalid, LoyaltyError, NotFound
from loyalty.observability import logger


class MallApp(APIGatewayHttpResolver):
    """The library's resolver, with this API's conventions."""

    def __init__(self, name: str, *, body_limit: int, refuses_unknown: bool) -> None:
        super().__init__(
            enable_validation=True,
            json_body_deserializer=read_json,
            response_validation_error_http_code=HTTPStatus.INTERNAL_SERVER_ERROR,
        )
        self.name = name
        self._request_validation_middleware = Admission(
            body_limit=body_limit, refuses_unknown=refuses_unknown
        )
        self.exception_handler(LoyaltyError)(self._tell)
        self.exception_handler(RequestValidationError)(self._tell_invalid)
        self.exception_handler(Exception)(self._tell_fault)
        self.use([etag])

    def resolve(self, event: Mapping[str, Any], context: Any) -> dict[str, Any]:
        """Answer one request."""
        self._started = time.perf_counter()
        return super().resolve(event, context)

    def _tell(self, error: LoyaltyError) -> Response[str]:
        return problem(error, self._circumstance())

    def _tell_invalid(self, error: RequestValidationError) -> Response[str]:
        errors = [shown(part, skipped=1) for part in error.errors()]
        return self._tell(Invalid("Some parts are not valid.", errors=errors))

    def _tell_fault(self, error: Exception) -> Response[str]:
        logger().error("fault", exc_info=error, request_id=self._circumstance().request_id)
        return self._tell(InternalError("The log knows more under this request id."))

    def _circumstance(self) -> Circumstance:
        event = self.current_event
        return Circumstance(
            request_id=event.request_context.request_id,
            languages=event.headers.get("accept-language", ""),
        )

    def _handle_not_found(self, method: str, path: str) -> ResponseBuilder[Any]:
        routes = [*self._static_routes, *self._dynamic_routes]
        methods = sorted(route.method for route in routes if route.rule.match(path))
        error = (
            MethodNotAllowed(f"{method} is not known here.", allowed_methods=methods)
            if methods
            else NotFound("There is nothing at this path.")
        )
        return self._response_builder_class(response=self._tell(error))

    def _build_response(self, response_builder: ResponseBuilder[Any]) -> dict[str, Any]:
        route = response_builder.route
        claims = self.current_event["requestContext"].get("authorizer", {}).get("jwt", {})
        logger().info(
            "call",
            method=self.current_event.http_method,
            route=route.openapi_path if route else "none",
            status=response_builder.response.status_code,
            milliseconds=round((time.perf_counter() - self._started) * 1000, 1),
            request_id=self.current_event.request_context.request_id,
            caller=claims.get("claims", {}).get("sub"),
        )
        answer: dict[str, Any] = super()._build_response(response_builder)
        if answer["statusCode"] == NOT_MODIFIED and route and route.cache_control:
            # The library would forbid what the answer itself allowed.
            answer["headers"]["Cache-Control"] = route.cache_control
        return answer


def create_app(
    name: str, *, body_limit: int = BODY_LIMIT_BYTES, refuses_unknown: bool = True
) -> MallApp:
    """Return the application of an HTTP function.

    Args:
        name: the function's, as logs and the OpenAPI document tell it.
        body_limit: bytes that a body may have.
        refuses_unknown: whether query parameters that a route does not declare are an error;
            shops' webhooks may bring what they like.
    """
    return MallApp(name, body_limit=body_limit, refuses_unknown=refuses_unknown)


def create_router() -> APIGatewayHttpRouter:
    """Return routes of a module's own; a handler takes them in by ``app.include_router``."""
    return APIGatewayHttpRouter()  # type: ignore[no-untyped-call] # the library has not typed it
