"""The two services a function talks to, on 127.0.0.1: Lambda's runtime API, and AWS itself.

The runtime API hands out one invocation when it is told to, and says when the function came for it
and when it answered. AWS answers each call at once, out of `bench.aws`.
"""

import json
import queue
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar

from bench.aws import answer_of

RUNTIME = "/2018-06-01/runtime/"
PATIENCE_SECONDS = 60
REQUEST_ID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd"


class FunctionFailed(Exception):
    """The function could not be started, or an invocation raised."""


@dataclass
class RuntimeApi:
    """One function's runtime API; times are those of `time.perf_counter`."""

    invocations: "queue.Queue[bytes]" = field(default_factory=queue.Queue)
    arrivals: "queue.Queue[float]" = field(default_factory=queue.Queue)
    answers: "queue.Queue[tuple[float, str, bytes]]" = field(default_factory=queue.Queue)

    def __post_init__(self) -> None:
        handler = type("Handler", (_Handler,), {"api": self})
        self._server = _Server(("127.0.0.1", 0), handler)
        self.address = f"127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "RuntimeApi":
        """Start to listen."""
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        self._server.shutdown()
        self._server.server_close()

    def wait_until_ready(self) -> float:
        """Return when the function asked for its next invocation."""
        try:
            return self.arrivals.get(timeout=PATIENCE_SECONDS)
        except queue.Empty:
            raise FunctionFailed("It never asked for an invocation.") from None

    def invoke(self, event: Mapping[str, Any]) -> float:
        """Hand over an event; return the seconds until the answer.

        Raises:
            FunctionFailed: the invocation raised, or its answer is a refusal.
        """
        body = json.dumps(event).encode()
        sent = time.perf_counter()
        self.invocations.put(body)
        answered, path, answer = self.answers.get(timeout=PATIENCE_SECONDS)
        if path.endswith("error") or _refuses(json.loads(answer)):
            raise FunctionFailed(answer.decode())
        return answered - sent


def _refuses(reply: Any) -> bool:
    """Whether HTTP says no, or a record of a batch comes back."""
    match reply:
        case {"statusCode": int(status)}:
            return status >= HTTPStatus.BAD_REQUEST
        case {"batchItemFailures": [_, *_]}:
            return True
    return False


class _Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: the function is ended in the middle of its next question."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    api: ClassVar[RuntimeApi]

    def do_GET(self) -> None:
        """Hand out the next invocation, when there is one."""
        self.api.arrivals.put(time.perf_counter())
        deadline = str(int(time.time() * 1000) + 30_000)
        body = self.api.invocations.get()
        self._answer(
            200,
            body,
            {
                "Lambda-Runtime-Aws-Request-Id": REQUEST_ID,
                "Lambda-Runtime-Deadline-Ms": deadline,
                "Lambda-Runtime-Invoked-Function-Arn": "arn:aws:lambda:us-east-1:1:function:bench",
            },
        )

    def do_POST(self) -> None:
        """Take an invocation's outcome, or a call of AWS."""
        now = time.perf_counter()
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self.path.startswith(RUNTIME):
            target = self.headers.get("X-Amz-Target", "")
            return self._answer(200, json.dumps(answer_of(target, json.loads(body))).encode())
        if self.path.endswith("init/error"):
            self.api.arrivals.put(now)
        self.api.answers.put((now, self.path, body))
        return self._answer(202, b"{}")

    def _answer(self, status: int, body: bytes, headers: Mapping[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""
