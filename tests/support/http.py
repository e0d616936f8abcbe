"""Calls an HTTP function as API Gateway does: a payload of format 2.0 in, an answer out."""

import base64
import json
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlsplit

Handler = Callable[[Mapping[str, Any], Any], dict[str, Any]]
NOTHING = object()


@dataclass(frozen=True)
class Answer:
    """What came back; ``body`` is parsed where it is JSON."""

    status: int
    body: Any
    headers: Mapping[str, str]

    @property
    def problem(self) -> str:
        """The slug of a problem."""
        assert self.headers["content-type"] == "application/problem+json", self.body
        return str(self.body["type"]).rsplit("/", 1)[-1]


@dataclass(frozen=True)
class Http:
    """One function's door.

    ``user`` is the token's subject, ``groups`` an operator's; without ``user`` no token comes.
    ``claims`` are a token's own, for the odd ones.
    """

    handler: Handler

    def request(
        self,
        method: str,
        path: str,
        *,
        body: object = NOTHING,
        user: str | None = None,
        groups: Iterable[str] = (),
        key: str | None = None,
        headers: Mapping[str, str] | None = None,
        claims: Mapping[str, Any] | None = None,
    ) -> Answer:
        """Send one request; ``key`` is its Idempotency-Key."""
        sent = {"content-type": "application/json"} if body is not NOTHING else {}
        sent |= {name.lower(): value for name, value in (headers or {}).items()}
        if key is not None:
            sent["idempotency-key"] = key
        if claims is None and user is not None:
            claims = claims_of_person(user, groups)
        return _read(self.handler(event(method, path, body, sent, claims), None))

    def get(self, path: str, **about: Any) -> Answer:
        """Send a GET."""
        return self.request("GET", path, **about)

    def post(self, path: str, body: object = NOTHING, **about: Any) -> Answer:
        """Send a POST."""
        return self.request("POST", path, body=body, **about)

    def patch(self, path: str, body: object = NOTHING, **about: Any) -> Answer:
        """Send a PATCH."""
        return self.request("PATCH", path, body=body, **about)

    def put(self, path: str, body: object = NOTHING, **about: Any) -> Answer:
        """Send a PUT."""
        return self.request("PUT", path, body=body, **about)


def claims_of_person(user: str, groups: Iterable[str] = ()) -> dict[str, Any]:
    """Return an access token's claims as the authorizer of an HTTP API hands them on."""
    claims = {"sub": user, "username": user, "client_id": "app", "token_use": "access"}
    groups = list(groups)
    return {**claims, "cognito:groups": f"[{' '.join(groups)}]"} if groups else claims


def event(
    method: str,
    path: str,
    body: object = NOTHING,
    headers: Mapping[str, str] | None = None,
    claims: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Return the event of a request; a body of text or bytes goes as it is, others as JSON."""
    parts = urlsplit(path)
    query: dict[str, str] = {}
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        query[name] = f"{query[name]},{value}" if name in query else value
    text = body if isinstance(body, str | bytes) else json.dumps(body, default=str)
    made: dict[str, Any] = {
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": parts.path,
        "rawQueryString": parts.query,
        "headers": {"host": "api.test", **(headers or {})},
        "requestContext": {
            "requestId": "request-1",
            "stage": "$default",
            "timeEpoch": int(time.time() * 1000),
            "http": {"method": method, "path": parts.path, "sourceIp": "192.0.2.1"},
        },
        "isBase64Encoded": isinstance(text, bytes),
    }
    if query:
        made["queryStringParameters"] = query
    if claims is not None:
        made["requestContext"]["authorizer"] = {"jwt": {"claims": dict(claims), "scopes": None}}
    if body is not NOTHING:
        made["body"] = base64.b64encode(text).decode() if isinstance(text, bytes) else text
    return made


def _read(answer: dict[str, Any]) -> Answer:
    headers = {name.lower(): value for name, value in answer["headers"].items()}
    body = answer["body"]
    is_json = "json" in headers.get("content-type", "")
    return Answer(answer["statusCode"], json.loads(body) if is_json else body, headers)
