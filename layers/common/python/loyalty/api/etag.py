"""Answers of GET carry a fingerprint; who has the same answer already is told so in few bytes."""

import hashlib
import json
from typing import Any

from aws_lambda_powertools.event_handler import Response
from aws_lambda_powertools.event_handler.api_gateway import ApiGatewayResolver
from aws_lambda_powertools.event_handler.middlewares import NextMiddleware
from aws_lambda_powertools.shared.json_encoder import Encoder

OK, NOT_MODIFIED = 200, 304


def etag(app: ApiGatewayResolver, next_middleware: NextMiddleware) -> Response[Any]:
    """Give the answer of a GET its ETag, and answer 304 where the caller names it.

    The browser may keep an answer, but asks each time whether it still holds; a route with
    another ``cache_control`` says so.
    """
    response = next_middleware(app)
    if app.current_event.http_method != "GET" or response.status_code != OK:
        response.headers.setdefault("Cache-Control", "no-store")
        return response
    body = json.dumps(response.body, cls=Encoder, separators=(",", ":"), ensure_ascii=False)
    tag = f'"{hashlib.sha256(body.encode()).hexdigest()[:32]}"'
    headers = {"Cache-Control": "private, no-cache", **response.headers, "ETag": tag}
    if names(app.current_event.headers.get("if-none-match", ""), tag):
        return Response(status_code=NOT_MODIFIED, body="", headers=_without_type(headers))
    response.body, response.headers = body, headers
    return response


def names(if_none_match: str, tag: str) -> bool:
    """Whether an ``If-None-Match`` header names a tag, weakly compared.

    >>> names('W/"a", "b"', '"a"'), names("*", '"a"'), names('"b"', '"a"')
    (True, True, False)
    """
    tags = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
    return tag in tags or tags == ["*"]


def _without_type(headers: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in headers.items() if name != "Content-Type"}
