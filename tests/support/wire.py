"""Stands where the network would be: answers an AWS client's requests, and remembers them."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from botocore.awsrequest import AWSPreparedRequest, AWSResponse, HeadersDict

Answer = Callable[[dict[str, Any]], tuple[int, dict[str, Any]]]


@dataclass(slots=True)
class Wire:
    """``answer`` takes a request's body and gives status and body back, or raises."""

    answer: Answer
    requests: list[dict[str, Any]] = field(default_factory=list)

    def attach(self, client: Any) -> None:
        """Put this between a client and its service."""
        client.meta.events.register("before-send", self._send)

    def _send(self, request: AWSPreparedRequest, **_: Any) -> AWSResponse:
        body = json.loads(cast(bytes, request.body) or b"{}")
        self.requests.append(body)
        status, answer = self.answer(body)
        headers = HeadersDict({"x-amzn-errortype": answer.get("__type", "")})
        response = AWSResponse(request.url, status, cast(Any, headers), None)
        response._content = json.dumps(answer).encode()  # type: ignore[attr-defined]
        return response
